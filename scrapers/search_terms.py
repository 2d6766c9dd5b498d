"""The terms for search services: few, but broad enough to find the measured roles.

A service that lists everything is read completely instead. A result outside the measured roles (a nurse in a "data"
team) is landed like any other, and excluded later by its role. The terms of a language are those that employers use in
titles. A new term widens the results, so it shows as a break in coverage, not as demand.
"""

ENGLISH = ("machine learning", "artificial intelligence", "data scientist", "data engineer", "mlops")
GERMAN = ("Machine Learning", "Künstliche Intelligenz", "Data Scientist", "Data Engineer", "MLOps")
FRENCH = ("machine learning", "intelligence artificielle", "data scientist", "data engineer", "mlops")
SWEDISH = ("maskininlärning", "machine learning", "artificiell intelligens", "data scientist", "data engineer")
