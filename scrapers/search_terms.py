"""What search services are asked for: few terms, broad enough to find the roles that are measured.

A service that lists everything is read whole instead. What a term finds beyond the measured roles (a nurse in a
"data" team) is landed like everything else, and left out by its role later. The terms of a language are those that
employers write in titles there; adding one widens what is found, so it shows as a break in coverage, not as demand.
"""

ENGLISH = ("machine learning", "artificial intelligence", "data scientist", "data engineer", "mlops")
GERMAN = ("Machine Learning", "Künstliche Intelligenz", "Data Scientist", "Data Engineer", "MLOps")
FRENCH = ("machine learning", "intelligence artificielle", "data scientist", "data engineer", "mlops")
SWEDISH = ("maskininlärning", "machine learning", "artificiell intelligens", "data scientist", "data engineer")
