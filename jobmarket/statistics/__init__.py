"""Estimators that SQL cannot say: matched series and changes, their errors clustered by employer. No time, no files.

docs/methods.md has each formula with its assumptions and its source.
"""
