"""The floors below which no figure is shown: variables of the dbt project, published in ``about``."""

from __future__ import annotations

from pathlib import Path

from jobmarket.yaml_file import read_yaml

FLOORS = ("min_postings", "min_companies", "max_company_share")


def project_floors(dbt_project: Path) -> dict[str, str]:
    """Return the floors of the dbt project, as rows of ``about``."""
    variables = read_yaml((dbt_project / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    return {name: str(variables[name]) for name in FLOORS}
