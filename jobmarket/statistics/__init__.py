"""Estimators that SQL cannot express: matched series and changes, with errors clustered by employer.

Pure functions of arrays and relations: they read neither the clock nor files. docs/methods.md states each formula, its
assumptions and its sources.
"""
