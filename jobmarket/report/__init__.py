"""The weekly report: made from the published file alone, so any report can be reproduced byte for byte."""

from jobmarket.report.queries import Scope
from jobmarket.report.stage import ReportSpec, is_published, make_report, missing_report, written_report

__all__ = ["ReportSpec", "Scope", "is_published", "make_report", "missing_report", "written_report"]
