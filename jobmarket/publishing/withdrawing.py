"""Withdraws a published vintage for good, such as one of a wrong moment, and notes withdrawn runs beside the others."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from jobmarket.durable import flush
from jobmarket.landing import moment_of
from jobmarket.published_figures import forget_figures
from jobmarket.publishing import vintages
from jobmarket.publishing.manifest import may_contain, read_manifest
from jobmarket.publishing.withdrawn_runs import note_withdrawn_run, withdrawn_runs_warning
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult, WrongUsageError, without_zone
from jobmarket.warehouse import connect, must_exist

_MARK = ".withdrawn"
# It compares with the vintages published before, so it changes while the market's data stay the same.
_TABLE_OF_VINTAGES = "rpt_vintages"
# Not since a gate let the run through, because a rebuilt warehouse passes its gates again.
_PUBLISHED_SINCE_CRAWLED = """
select distinct vintage_id from ops.published_figures where as_of >= ?
and published_at >= (select coalesce(max(finished_at), '-infinity') from raw.crawl_runs where run_id = ?)
"""


def withdraw(home: Home, settings: Settings, vintage_id: str) -> StageResult:
    """Remove a vintage and its headline figures for good. If it is the current one, readers get the one before it.

    The one before it may be of the same moment, or contain withdrawn runs itself, which the result says. A withdrawal
    that was interrupted can be repeated, also once the vintage is gone. Open readers keep what they have, and reports
    made from the vintage stay.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        vintage_id: The vintage to withdraw.

    Raises:
        StageError: If there is no warehouse or no such vintage, it is the current one and none before it is kept, or
            another process is publishing or has locked the warehouse. Nothing is withdrawn then.
    """
    must_exist(home)
    with vintages.only_publisher(home.published) as place, connect(home, settings) as warehouse:
        kept = vintages.kept_vintages(home.published)
        names = [folder.name for folder in kept]
        if vintage_id not in names:
            if is_withdrawn(place / vintage_id):  # reports made from it may still lack the warning
                return StageResult("publish", f"vintage {vintage_id} is already withdrawn")
            raise WrongUsageError(
                f"Not withdrawn: there is no vintage {vintage_id}. Kept vintages: {', '.join(names)}."
            )
        vintage = kept[names.index(vintage_id)]
        current = vintages.current_vintage(home.published)
        if current == vintage:
            current = vintages.vintage_before(home.published, vintage)
            if current is None:
                raise StageError(
                    f"Not withdrawn: {vintage_id} is the current vintage, and none before it is kept. First publish "
                    "the right one, then withdraw this one."
                )
            vintages.make_current(home.published, current)
        withdrawn = _mark(vintage)
        forget_figures(warehouse, home, vintage_id)
        left = vintages.remove(vintage)
        alike = [
            f"vintage {folder.name} has the same data: withdraw it too"
            for folder in vintages.kept_vintages(home.published)
            if vintages.moment_of(folder) == vintages.moment_of(vintage) and _includes(_checksums(folder), withdrawn)
        ]
    warning = withdrawn_runs_warning(current) if current else None
    return StageResult(
        "publish",
        f"vintage {vintage_id} withdrawn; the current one is {current.name if current else 'none'}",
        details=(*([warning] if warning else []), *left, *alike),
    )


def note_in_vintages(warehouse: duckdb.DuckDBPyConnection, published: Path, run_id: str) -> None:
    """Note a run that is about to be withdrawn beside the vintages that contain it, kept or not.

    These are the vintages of its moment or a later one whose manifest names it or cannot say; of those no longer kept,
    all that were published after it was crawled.
    """
    moment = moment_of(run_id)
    kept = vintages.kept_vintages(published)
    contain = {
        vintage.name
        for vintage in kept
        if vintages.moment_of(vintage) >= f"{moment:%Y%m%dT%H%M%SZ}" and may_contain(vintage, run_id)
    }
    since = warehouse.execute(_PUBLISHED_SINCE_CRAWLED, [without_zone(moment), run_id]).fetchall()
    dropped = {name for (name,) in since} - {vintage.name for vintage in kept}
    for name in sorted(contain | dropped):
        note_withdrawn_run(vintages.vintage_folder(published, name), run_id)


def is_withdrawn(vintage: Path) -> bool:
    """Return whether a vintage was withdrawn; a withdrawn one is not kept."""
    return _mark_of(vintage).exists()


def withdrawal_of(vintage: Path, checksums: dict[str, str]) -> Path | None:
    """Return the file that records the withdrawal of these tables for a vintage's moment; None if there is none.

    Tables are withdrawn if a withdrawn vintage of the moment has the vintage's id, or if they include all of its data.
    The id alone is not enough, because a release that describes a column in other words gives the same data another id.

    Args:
        vintage: The folder that the tables would be published in.
        checksums: Table name → checksum of its values.
    """
    for mark in sorted(vintage.parent.glob(f"{vintages.moment_of(vintage)}-*{_MARK}")):
        if mark.stem == vintage.name or _includes(checksums, _withdrawn_tables(mark)):
            return mark
    return None


def _mark(vintage: Path) -> dict[str, str]:
    """Record beside the vintages that one is withdrawn, with the checksums of its tables, and return these."""
    checksums = _checksums(vintage)
    mark = _mark_of(vintage)
    mark.write_text(json.dumps(checksums, indent=1) + "\n", encoding="utf-8")
    flush(mark)
    flush(mark.parent)
    return checksums


def _mark_of(vintage: Path) -> Path:
    return vintage.with_name(f"{vintage.name}{_MARK}")


def _checksums(vintage: Path) -> dict[str, str]:
    """Return the checksums in a vintage's manifest of the tables about the market; none if it is damaged."""
    tables = (read_manifest(vintage) or {}).get("tables", {})
    return {
        name: table["checksum"]
        for name, table in tables.items()
        if table["checksum"] is not None and name != _TABLE_OF_VINTAGES
    }


def _includes(checksums: dict[str, str], withdrawn: dict[str, str]) -> bool:
    return bool(withdrawn) and withdrawn.items() <= checksums.items()


def _withdrawn_tables(mark: Path) -> dict[str, str]:
    """Return the checksums in a mark. There are none if the vintage or the mark was damaged."""
    try:
        return dict(json.loads(mark.read_text(encoding="utf-8")))
    except ValueError:
        return {}
