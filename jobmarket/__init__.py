"""The labour market of machine-learning engineers, measured from the postings that employers publish."""
