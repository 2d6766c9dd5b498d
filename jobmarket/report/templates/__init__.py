"""The page and its style sheet; a package so that they are installed with the code."""
