"""The Airflow metrics and settings that our files name exist."""

from __future__ import annotations

import re
from pathlib import Path

import airflow
import yaml

CONFIGURED = r"AIRFLOW__([A-Z_]+?)__([A-Z_]+)"


def test_metrics_in_the_runbook_exist(root: Path) -> None:
    runbook = (root / "docs" / "runbook.md").read_text(encoding="utf-8")
    table = runbook.split("| metric | when |")[1].split("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    named -= {"failed", "warehouse_writer"}  # a state, a pool
    registry = Path(airflow.__file__).parent / "_shared" / "observability" / "metrics" / "metrics_template.yaml"
    known = {metric["name"] for metric in yaml.safe_load(registry.read_text(encoding="utf-8"))["metrics"]}
    assert len(named) >= 8
    assert named - known == set()


def test_airflow_settings_that_our_files_name_exist(root: Path) -> None:
    from airflow.configuration import conf
    from airflow.providers_manager import ProvidersManager

    ProvidersManager().initialize_providers_configuration()
    pages = [root / "docker-compose.yml", root / "docs" / "runbook.md", root / "jobmarket" / "environment.py"]
    named = {setting for page in pages for setting in re.findall(CONFIGURED, page.read_text(encoding="utf-8"))}
    assert len(named) >= 12
    known = conf.configuration_description
    unknown = {
        f"{section}.{option}" for section, option in named
        if option.lower() not in known.get(section.lower(), {"options": {}})["options"]
    }  # fmt: skip
    assert unknown == set()
