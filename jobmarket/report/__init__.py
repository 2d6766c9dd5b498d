"""The weekly report: made from the published file alone, so any report can be made again byte for byte."""

from jobmarket.report.stage import has_report, make_report

__all__ = ["has_report", "make_report"]
