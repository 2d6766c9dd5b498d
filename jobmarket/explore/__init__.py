"""`jobmarket explore`: the published database in a browser, read-only, with the query of each figure."""
