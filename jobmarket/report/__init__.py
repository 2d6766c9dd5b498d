"""The weekly report: made from the published file alone, so any report can be made again byte for byte."""

from jobmarket.report.queries import Scope
from jobmarket.report.stage import Order, has_report, is_published, make_report, written_order

__all__ = ["Order", "Scope", "has_report", "is_published", "make_report", "written_order"]
