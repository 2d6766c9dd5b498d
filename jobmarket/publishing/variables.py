"""Variables of the dbt project that the gates, the report and ``about`` state or apply too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jobmarket.yaml_file import read_yaml

# Bounds that the marts apply and `about` states. Below the first three no figure is shown.
STATED = ("min_postings", "min_companies", "max_company_share", "min_coverage_ratio", "expected_for_weeks")


@cache
def project_variables(dbt_project: Path) -> dict[str, Any]:
    """Return the variables with which the marts are built."""
    variables: dict[str, Any] = read_yaml((dbt_project / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    return variables


def stated_variables(dbt_project: Path) -> dict[str, str]:
    """Return the bounds of the dbt project that a vintage states, as rows of ``about``."""
    return {name: str(project_variables(dbt_project)[name]) for name in STATED}
