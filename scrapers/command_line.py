"""Plans ``scrapy crawl <board> -a company=… -a as_of=…``: a live run into the installation's home folder."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ValidationError
from scrapy.exceptions import UsageError

from jobmarket import origin
from jobmarket.settings import Home, Settings, can_be_written_to, wrong_settings
from jobmarket.stages import StageError
from scrapers.attempts import sealed_attempts
from scrapers.moments import Clock, default_as_of, require_present, utc_now
from scrapers.planning import BoardRun, Company, next_run
from scrapers.registry import companies_on
from scrapers.sources import objection
from scrapers.user_agent import CONTACT_NEEDED


def run_for(board: str, companies: str, as_of: str, contact: str | None, clock: Clock = utc_now) -> BoardRun:
    """Plan the run that the command-line arguments describe, and claim the home for live boards.

    Args:
        board: The spider's name.
        companies: Slugs on the board, separated by commas; they need not be in companies.csv. Empty: all that are.
        as_of: ISO 8601; UTC if it states no zone; empty: now.
        contact: Whom the boards can write to.
        clock: Returns the current time, UTC.

    Raises:
        UsageError: If there is no contact, a setting is invalid, the board may not be crawled, ``as_of`` is not a time
            or not the present, the home contains other boards, or everything is already landed.
    """
    if not can_be_written_to(contact):
        raise UsageError(CONTACT_NEEDED)
    try:
        home = Home(Settings().home)
    except ValidationError as error:
        raise UsageError(f"{wrong_settings(error)} (environment or .env).") from None
    slugs = dict.fromkeys(slug.strip() for slug in companies.split(",") if slug.strip())
    try:
        moment = datetime.fromisoformat(as_of) if as_of else default_as_of("live", clock, home, (board,), slugs)
    except ValueError:
        raise UsageError(f"as_of={as_of!r} is not a time: write it as 2026-11-22 or 2026-11-22T06:00:00Z") from None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    if reason := objection(board, live=True):
        raise UsageError(reason)
    live = origin.BoardsOrigin.of("live")
    known = {row.slug: Company(slug=row.slug, name=row.company) for row in companies_on(board)}
    chosen = [known.get(slug) or Company(slug=slug) for slug in slugs] if slugs else list(known.values())
    try:
        require_present(moment, clock)
        origin.check(home, live)
        run = next_run(home, board, "live", moment, chosen, sealed_attempts(home, board, "live", moment).records)
        if run is not None:
            origin.claim(home, live)
            return run
    except StageError as error:
        raise UsageError(str(error)) from None
    raise UsageError(f"nothing to crawl: {board} is already landed as of {moment:%Y-%m-%dT%H:%M:%SZ}")
