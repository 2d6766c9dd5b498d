"""Withdraws a published vintage for good, for example one of a wrong moment."""

from __future__ import annotations

from jobmarket.published_figures import forget_figures
from jobmarket.publishing import vintages
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError, StageResult
from jobmarket.warehouse import connect


def withdraw(home: Home, settings: Settings, vintage_id: str) -> StageResult:
    """Remove a vintage and its headline figures for good. If it is the current one, readers get the one before it.

    The one before it may be of the same moment. A withdrawal that was interrupted can be repeated. Open readers keep
    what they have. Reports made from the vintage stay; the result names them.

    Args:
        home: The installation's folders.
        settings: The installation's settings.
        vintage_id: The vintage to withdraw.

    Raises:
        StageError: If there is no such vintage, it is the current one and none before it is kept, or another process is
            publishing or has locked the warehouse. Nothing is withdrawn then.
    """
    with vintages.only_publisher(home.published), connect(home, settings) as warehouse:
        kept = vintages.kept_vintages(home.published)
        names = [folder.name for folder in kept]
        if vintage_id not in names:
            raise StageError(f"Not withdrawn: there is no vintage {vintage_id}. Kept vintages: {', '.join(names)}.")
        vintage = kept[names.index(vintage_id)]
        current = vintages.current_vintage(home.published)
        if current == vintage.resolve():
            current = vintages.vintage_before(home.published, vintage)
            if current is None:
                raise StageError(
                    f"Not withdrawn: {vintage_id} is the current vintage, and none before it is kept. First publish "
                    "the right one, then withdraw this one."
                )
            vintages.make_current(home.published, current)
        vintages.mark_withdrawn(home.published, vintage_id)
        forget_figures(warehouse, home, vintage_id)
        left = vintages.remove(vintage)
    reports = sorted(home.reports.glob(f"*/{vintage_id}"))
    advice = f"its reports stay; delete {', '.join(map(str, reports))} and run `jobmarket report`"
    return StageResult(
        "publish",
        f"vintage {vintage_id} withdrawn; the current one is {current.name if current else 'none'}",
        details=(*left, *([advice] if reports else [])),
    )
