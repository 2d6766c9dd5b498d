"""The formats of a report, without the libraries that write them."""

from __future__ import annotations

FORMATS = ("html", "pdf", "xlsx", "csv", "parquet", "mail")
