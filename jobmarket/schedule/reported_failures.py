"""Remembers which failures were reported: each is reported once a day, and again when it returns after a success."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from jobmarket.settings import Home

log = logging.getLogger("jobmarket.alerts")

# A daily run fails some minutes earlier or later than the day before.
_AGAIN_AFTER = timedelta(hours=20)
# 403 and 503 are different failures.
_HTTP_STATUS = r"(?<![\w.,:/-])(?<!PID )[45]\d\d(?=$|[:;,)]| on )"
# What differs between two messages about one failure: moments, counts, run ids, process ids.
_CHANGING = re.compile(rf"[0-9a-f]{{8}}-[0-9a-f-]{{27}}|(?!{_HTTP_STATUS})(?<!\d)\d+")


class Report(NamedTuple):
    """What an alert says. :meth:`ReportedFailures.is_news` explains ``subject`` and ``reason``."""

    subject: str
    what: str
    reason: str
    line: str


class ReportedFailures:
    """The failures reported so far, each a small file below the home's ``alerts/``.

    A file that cannot be read or written stops no alert: better reported twice than never.

    Args:
        home: The installation's folders.
    """

    def __init__(self, home: Home) -> None:
        self._folder = home.root / "alerts"

    def is_news(self, subject: str, reason: str, now: datetime) -> bool:
        """Return whether a failure has not been reported within a day.

        Args:
            subject: What failed, for example ``load_postings.gate``.
            reason: Why, in words. Reasons that differ only in numbers other than HTTP statuses are the same failure.
            now: When it failed, with a time zone.
        """
        try:
            reported_at = datetime.fromisoformat(self._path(subject, reason).read_text(encoding="utf-8"))
        except (OSError, ValueError):  # never reported, or the file is damaged
            return True
        return not timedelta(0) <= now - reported_at < _AGAIN_AFTER

    def of_run(self, dag_id: str, run_id: str, since: datetime) -> Report | None:
        """Return why a run failed, if one of its tasks has said so since a moment. Notices do not count."""
        try:
            noted = json.loads(self._run_path(dag_id, run_id).read_text(encoding="utf-8"))
            return Report(*noted["report"]) if datetime.fromisoformat(noted["at"]) >= since else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def note_run(self, dag_id: str, run_id: str, report: Report, now: datetime) -> None:
        """Record why a run failed, whether or not anybody was told. A success of ``DAG.run`` clears the record."""
        self._write(self._run_path(dag_id, run_id), json.dumps({"at": now.isoformat(), "report": report}))

    def note(self, subject: str, reason: str, now: datetime) -> None:
        """Record that a failure was reported to somebody. Arguments as for :meth:`is_news`."""
        self._write(self._path(subject, reason), now.isoformat())

    def works_again(self, subject: str) -> None:
        """Clear the failures of a subject, so that its next one is news."""
        for path in self._folder.glob(f"{self._name(subject)}/*.txt"):
            path.unlink(missing_ok=True)

    def _path(self, subject: str, reason: str) -> Path:
        return self._folder / self._name(subject) / f"{_short(_CHANGING.sub('#', reason))}.txt"

    def _run_path(self, dag_id: str, run_id: str) -> Path:
        return self._folder / self._name(f"{dag_id}.run") / f"of-{_short(run_id)}.txt"

    @staticmethod
    def _write(path: Path, text: str) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            log.warning(f"a failure is not recorded, and it may be reported twice: {error}")

    @staticmethod
    def _name(subject: str) -> str:
        return re.sub(r"[^\w.-]", "_", subject)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
