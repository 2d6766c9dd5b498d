"""Data Docs that open from disk, by custom renderers and views.

The default pages of Great Expectations load styles and scripts from other hosts, and their index is empty without them.
A site may name its own ``renderer`` and ``view`` for each section and for the index. These write plain HTML with the
style sheet in the page, and add to each check its reason and what to do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from great_expectations.core import ExpectationSuite
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from expectations.results import GateOutcome

SITE_NAME = "gates"
# Kept beside the pages: the outcome of each gate run. Great Expectations only records whether a batch passed.
_OUTCOMES = "outcomes.json"
_LONGEST_VALUE = 120


def site_config(folder: Path) -> dict[str, Any]:
    """Return the configuration of the site, for ``data_docs_sites``."""

    def ours(class_name: str) -> dict[str, str]:
        return {"module_name": __name__, "class_name": class_name}

    view = ours("PlainView")
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
        "site_index_builder": {
            "class_name": "DefaultSiteIndexBuilder",
            "renderer": ours("IndexRenderer") | {"outcomes": str(folder / _OUTCOMES)},
            "view": view,
        },
        "site_section_builders": {
            "expectations": {
                "class_name": "DefaultSiteSectionBuilder",
                "renderer": ours("SuiteRenderer"),
                "view": view,
            },
            "validations": {
                "class_name": "DefaultSiteSectionBuilder",
                "renderer": ours("ResultRenderer"),
                "view": view,
            },
            "profiling": "None",  # how a site leaves a section out
        },
    }


def note_outcome(folder: Path, outcome: GateOutcome, kept: Collection[str]) -> None:
    """Record the outcome of a gate run and its failed batches for the index; drop gate runs without pages.

    Args:
        folder: Folder of the site.
        outcome: Outcome of the gate run.
        kept: Names of the gate runs that have pages.
    """
    path = folder / _OUTCOMES
    failed: dict[str, str] = {}
    for one in (*outcome.warnings, *outcome.failed):  # a batch with both closes the gate
        failed[one.suite] = one.severity
    noted = {name: earlier for name, earlier in _outcomes(path).items() if name in kept}
    noted[outcome.batch_id] = {
        "as_of": outcome.as_of.isoformat(),
        "outcome": "open" if outcome.is_open else "closed",
        "line": outcome.line,
        "n_warnings": len(outcome.warnings),
        "failed": failed,
    }
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.writing")
    unfinished.write_text(json.dumps(noted, indent=1), encoding="utf-8")
    unfinished.replace(path)


def _outcomes(path: Path) -> dict[str, dict[str, Any]]:
    """Return gate run → outcome; nothing if the file cannot be read, as pages must not keep a gate from running."""
    try:
        noted: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return noted


class _Renderer:
    """Accepts the arguments that Great Expectations passes to every renderer."""

    def __init__(self, **_: object) -> None:
        pass


class SuiteRenderer(_Renderer):
    """Renders the checks of a batch."""

    def render(self, suite: ExpectationSuite) -> dict[str, Any]:
        """Return the content of a suite's page."""
        return {
            "template": "suite.html.j2",
            "title": suite.name,
            "table": (suite.meta or {}).get("table", suite.name),
            "to_index": "../index.html",
            "checks": [_check(one.configuration.to_json_dict()) for one in suite.expectations],
        }


class ResultRenderer(_Renderer):
    """Renders the results of a batch."""

    def render(self, validated: ExpectationSuiteValidationResult) -> dict[str, Any]:
        """Return the content of a gate run's page: failed checks first, critical ones before warnings."""
        checks = []
        for one in validated.results:
            known: dict[str, Any] = dict(one.to_json_dict())
            found = known.get("result") or {}
            checks.append(
                _check(known["expectation_config"])
                | {
                    "success": bool(one.success),
                    "observed": _observed(known),
                    "sample": [str(value)[:_LONGEST_VALUE] for value in found.get("partial_unexpected_list") or ()],
                }
            )
        checks.sort(key=lambda check: (check["success"], check["severity"] != "critical"))
        run: Any = validated.meta["run_id"]
        return {
            "template": "result.html.j2",
            "title": validated.suite_name,
            "to_index": "../../../../index.html",
            "run_name": run.run_name if hasattr(run, "run_name") else run["run_name"],
            "n_failed": sum(not check["success"] for check in checks),
            "checks": checks,
        }


class IndexRenderer(_Renderer):
    """Renders the index: the gate runs kept, newest first, with their outcomes, and all suites."""

    def __init__(self, outcomes: str, **_: object) -> None:
        self._outcomes = Path(outcomes)

    def render(self, links: Mapping[str, Any]) -> dict[str, Any]:
        """Return the content of the index; the site's index builder makes the links."""
        outcomes = _outcomes(self._outcomes)
        gate_runs: dict[tuple[datetime, str], list[Mapping[str, Any]]] = {
            (_moment(outcome["as_of"]), name): [] for name, outcome in outcomes.items()
        }
        for link in links.get("validations_links", ()):
            gate_runs.setdefault((_moment(link["run_time"]), link["run_name"]), []).append(link)
        return {
            "template": "index.html.j2",
            "title": "Gates",
            "gate_runs": [
                {
                    "name": name,
                    "as_of": f"{moment:%Y-%m-%d %H:%M} UTC",
                    "outcome": outcomes.get(name),
                    "batches": _batches(found, outcomes.get(name, {}).get("failed", {})),
                }
                for (moment, name), found in sorted(gate_runs.items(), key=lambda item: item[0], reverse=True)
            ],
            "suites": sorted(links.get("expectations_links", ()), key=lambda link: str(link["filepath"])),
        }


def _batches(links: list[Mapping[str, Any]], failed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the batches of a gate run: those that close the gate, then warnings. An unreadable one has no page."""
    batches = [
        {
            "name": link["expectation_suite_name"],
            "filepath": link["filepath"],
            "success": link["validation_success"],
            "severity": failed.get(link["expectation_suite_name"], ""),
        }
        for link in links
    ]
    with_page = {batch["name"] for batch in batches}
    batches += [
        {"name": name, "filepath": None, "success": False, "severity": severity}
        for name, severity in failed.items()
        if name not in with_page
    ]
    return sorted(batches, key=lambda batch: (batch["success"], batch["severity"] != "critical", batch["name"]))


class PlainView:
    """Renders content into one self-contained page."""

    def __init__(self, **_: object) -> None:
        self._environment = Environment(
            loader=PackageLoader("expectations", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, content: Mapping[str, Any], **_: object) -> str:
        """Return the page as HTML."""
        return self._environment.get_template(content["template"]).render(content)


def _moment(value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _check(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page shows about an expectation, from its configuration."""
    meta = config.get("meta") or {}
    arguments = config.get("kwargs") or {}
    named = [arguments[name] for name in ("column", "column_A", "column_B") if name in arguments]
    return {
        "key": meta.get("key", config["type"]),
        "type": config["type"],
        "column": ", ".join(named),
        "bound": meta.get("bound", ""),
        "sentence": config.get("description") or "",
        "severity": str(config.get("severity") or ""),
        "reason": config.get("notes") or "",
        "remedy": meta.get("remedy", ""),
    }


def _observed(known: Mapping[str, Any]) -> str:
    """Return how many rows are unexpected. A batch that passed has no counts: none are."""
    found = known.get("result") or {}
    if known["success"] and not found:
        n_rows = known["expectation_config"]["meta"]["n_rows"]
        return f"0 of {n_rows:,}" if "column" in known["expectation_config"]["kwargs"] else str(n_rows)
    if (count := found.get("unexpected_count")) is not None:
        return f"{int(count):,} of {int(found.get('element_count') or 0):,}"
    return str(found.get("observed_value", "could not be checked"))
