"""Measures the labour market of machine-learning engineers from the postings that employers publish."""
