"""Run Great Expectations on DataFrames, and build Data Docs of the results.

Every gate creates a new context, which keeps only the validation results on disk, because Data Docs are built from
them. The suites are code. Nothing is sent anywhere: analytics are switched off in the context.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import DataContextConfig, ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)

from expectations.batches import ReadBatch
from expectations.data_docs import SITE_NAME, note_outcome, site_config
from expectations.results import CheckResult, GateOutcome
from expectations.suite import PLACES, Batch, Check, TableSuite
from expectations.suites import SUITES

# Gate runs that Data Docs keep per suite; ops.gate_results keeps all.
_GATE_RUNS_KEPT = 3
_SAMPLE_SIZE = 5
_LONGEST_VALUE = 80
_PLACES_NAMED = 3
_RESULTS_STORE = "validation_results_store"


def _in_memory(class_name: str) -> dict[str, Any]:
    return {"class_name": class_name, "store_backend": {"class_name": "InMemoryStoreBackend"}}


class Validator:
    """Checks the batches of one gate run and builds its Data Docs.

    Args:
        data_docs: Folder of the site.
        store: Folder of the validation results that the site is built from.
        batch_id: Name of the gate run.
        as_of: The moment to check for, UTC; part of the gate run's identity, so that a repeated run replaces the first.
    """

    def __init__(self, data_docs: Path, store: Path, batch_id: str, as_of: datetime) -> None:
        self._data_docs, self._store = data_docs, store
        store.mkdir(parents=True, exist_ok=True)
        self._run_id = gx.RunIdentifier(run_name=batch_id, run_time=as_of)
        self._context: EphemeralDataContext = gx.get_context(
            mode="ephemeral",
            project_config=DataContextConfig(
                config_version=4.0,
                analytics_enabled=False,
                progress_bars=ProgressBarsConfig(globally=False),
                expectations_store_name="expectations_store",
                validation_results_store_name=_RESULTS_STORE,
                checkpoint_store_name="checkpoint_store",
                stores={
                    "expectations_store": _in_memory("ExpectationsStore"),
                    "checkpoint_store": _in_memory("CheckpointStore"),
                    "validation_definition_store": _in_memory("ValidationDefinitionStore"),
                    _RESULTS_STORE: {
                        "class_name": "ValidationResultsStore",
                        "store_backend": {
                            "class_name": "TupleFilesystemStoreBackend",
                            "base_directory": str(store),
                            # an id file that is not needed; if a full disk leaves it empty, every later gate fails
                            "suppress_store_backend_id": True,
                        },
                    },
                },
                data_docs_sites={SITE_NAME: site_config(data_docs)},
            ),
        )
        # One asset for all batches, because adding one makes the context write its whole configuration again.
        rows = self._context.data_sources.add_pandas("warehouse").add_dataframe_asset("rows")
        self._rows = rows.add_batch_definition_whole_dataframe("rows")
        self._checked: dict[ExpectationSuiteIdentifier, ValidationResultIdentifier] = {}

    def check(self, read: ReadBatch) -> list[CheckResult]:
        """Return the results of all checks of a batch, in the order of the suite.

        Most batches pass. So each distinct row is checked once first, strictly: if all of them pass, all rows pass.
        Only otherwise are all rows checked, with repetitions, to count the unexpected ones and locate them.
        """
        suite, batch = read.suite, read.batch
        if read.problem is not None:
            return [_unreadable(suite, batch, read.problem)]
        found = self._run(self._definition(read), read.rows[read.batch.checked], "BOOLEAN_ONLY")
        if not all(one.success for one in found):
            found = self._run(self._definition(read, whole=True), read.all_rows[read.batch.checked], "SUMMARY")
        by_key = {one.expectation_config.meta["key"]: one for one in found if one.expectation_config}
        return [_result(read, one, by_key[one.key]) for one in batch.checks]

    def _definition(self, read: ReadBatch, *, whole: bool = False) -> gx.ValidationDefinition:
        """Return the validation of the distinct rows or, if ``whole``, of all rows of the batch."""
        gx_suite = _gx_suite(read.suite, read.batch, n_rows=read.n_rows, strict=not whole)
        if whole:
            return self._context.validation_definitions.add_or_update(
                gx.ValidationDefinition(
                    name=gx_suite.name, data=self._rows, suite=self._context.suites.add_or_update(gx_suite)
                )
            )
        return self._context.validation_definitions.add(
            gx.ValidationDefinition(name=gx_suite.name, data=self._rows, suite=self._context.suites.add(gx_suite))
        )

    def _run(
        self, definition: gx.ValidationDefinition, rows: pd.DataFrame, result_format: str
    ) -> list[ExpectationValidationResult]:
        """Validate the rows, and remember the result for the pages."""
        found = definition.run(
            batch_parameters={"dataframe": rows},
            result_format={"result_format": result_format, "partial_unexpected_count": _SAMPLE_SIZE},
            run_id=self._run_id,
        )
        suite_key = ExpectationSuiteIdentifier(definition.suite.name)
        self._checked[suite_key] = ValidationResultIdentifier(
            expectation_suite_identifier=suite_key,
            run_id=self._run_id,
            batch_identifier=found.batch_id,
        )
        return list(found.results)

    def build_docs(self, outcome: GateOutcome) -> None:
        """Build the pages of this gate run, and the index of all gate runs kept."""
        gate = outcome.gate
        self._remove_old_gate_runs()
        note_outcome(self._data_docs, outcome, {path.name for path in self._store.glob("*/*") if path.is_dir()})
        pages: list[Any] = [*self._checked, *self._checked.values()]
        for suite in SUITES:
            for batch in suite.batches:
                # Without the suites of the other gate, the site would drop their pages.
                if (key := ExpectationSuiteIdentifier(suite.name_of(batch))) not in self._checked:
                    self._context.suites.add(_gx_suite(suite, batch))
                    pages += [key] if suite.gate == gate else []
        self._context.build_data_docs(site_names=[SITE_NAME], resource_identifiers=pages)

    def _remove_old_gate_runs(self) -> None:
        for suite_folder in (path for path in self._store.iterdir() if path.is_dir()):
            gate_runs = sorted(
                suite_folder.glob("*/*"), key=lambda gate_run: (gate_run.name, gate_run.parent.name), reverse=True
            )
            for gate_run in gate_runs[_GATE_RUNS_KEPT:]:
                if gate_run.parent.name != self._run_id.run_name:  # a replay of an old day keeps its pages
                    shutil.rmtree(gate_run.parent)


def _gx_suite(suite: TableSuite, batch: Batch, *, n_rows: int = 0, strict: bool = False) -> gx.ExpectationSuite:
    return gx.ExpectationSuite(
        name=suite.name_of(batch),
        expectations=[one.build(batch.unit, n_rows=n_rows, strict=strict) for one in batch.checks],
        meta={"table": suite.table, "gate": suite.gate, "unit": batch.unit},
    )


def _unreadable(suite: TableSuite, batch: Batch, problem: str) -> CheckResult:
    """A batch that cannot be read is a critical failure, because what was not checked does not pass."""
    return CheckResult(
        suite=suite.name_of(batch),
        table_name=suite.table,
        expectation="readable",
        column_name=None,
        severity="critical",
        success=False,
        observed=problem,
        unexpected_count=None,
        unexpected_sample=None,
        reason="What cannot be read is not checked.",
        finding=f"the {batch.unit} cannot be read ({problem})",
        anchor="a-table-that-cannot-be-read",
    )


def _result(read: ReadBatch, one: Check, found: ExpectationValidationResult) -> CheckResult:
    suite, batch = read.suite, read.batch
    result: Mapping[str, Any] = found.result or {}
    count = (None if not one.columns else 0) if found.success and not result else result.get("unexpected_count")
    if not found.success and not result:
        observed = finding = f"could not be checked: {_exception(found.exception_info)}"
    elif count is None:
        observed = f"{read.n_rows} {batch.unit}"
        finding = f"{batch.unit} {one.finding}"
    else:
        observed = f"{int(count):,} of {read.n_rows:,} {batch.unit}"
        finding = f"{observed} {one.finding}{_places(read, result)}"
    return CheckResult(
        suite=suite.name_of(batch),
        table_name=suite.table,
        expectation=one.key,
        column_name=", ".join(one.columns) or None,
        severity=one.severity,
        success=bool(found.success),
        observed=observed,
        unexpected_count=None if count is None else int(count),
        unexpected_sample=_sample(result.get("partial_unexpected_list") or ()),
        reason=one.explained(batch.unit),
        finding=finding,
        anchor=suite.anchor(one.key),
    )


def _places(read: ReadBatch, result: Mapping[str, Any]) -> str:
    """Return where the first failing rows are from: ' (runs ashby-…)'."""
    indexes = list(result.get("partial_unexpected_index_list") or ())
    if read.batch.where is None or not indexes:
        return ""
    named = list(dict.fromkeys(place for places in read.all_rows.loc[indexes, PLACES] for place in places))
    more = ", …" if len(named) > _PLACES_NAMED or result["unexpected_count"] > len(indexes) else ""
    return f" ({read.batch.where_unit} {', '.join(named[:_PLACES_NAMED])}{more})"


def _sample(values: Sequence[Any]) -> str | None:
    shown = [_short(value) for value in values[:_SAMPLE_SIZE]]
    return "; ".join(shown) or None


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def _exception(info: object) -> str:
    """Return the first message in Great Expectations' nested exception info."""
    if isinstance(info, dict):
        if message := info.get("exception_message"):
            return str(message)
        for inner in info.values():
            if isinstance(inner, dict) and (message := _exception(inner)):
                return message
    return ""


def validate(
    read: Sequence[ReadBatch],
    validator: Validator,
    announce: Callable[[str, int], None],
) -> list[CheckResult]:
    """Check all batches; ``announce`` receives the table's name and the number of batches done."""
    results: list[CheckResult] = []
    for number, one in enumerate(read, start=1):
        results += validator.check(one)
        announce(one.suite.table, number)
    return results
