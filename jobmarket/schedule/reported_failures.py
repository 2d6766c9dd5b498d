"""Remembers which failures were reported: each is reported once a day, and again when it returns after a success."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from pathlib import Path

from jobmarket.settings import Home

_AGAIN_AFTER = timedelta(hours=24)
# 403 and 503 are different failures.
_HTTP_STATUS = r"(?<![\w.,:/-])(?<!PID )[45]\d\d(?=$|[:;,)]| on )"
# What differs between two messages about one failure: moments, counts, run ids, process ids.
_CHANGING = re.compile(rf"[0-9a-f]{{8}}-[0-9a-f-]{{27}}|(?!{_HTTP_STATUS})(?<!\d)\d+")


class ReportedFailures:
    """The failures reported so far, each a small file below the home's ``alerts/``.

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
        except (OSError, ValueError):  # never reported, or the file is damaged: better reported twice than never
            return True
        return not timedelta(0) <= now - reported_at < _AGAIN_AFTER

    def run_was_reported(self, dag_id: str, run_id: str, since: datetime) -> bool:
        """Return whether a task has reported since a moment why this run failed. Notices do not count."""
        try:
            return datetime.fromisoformat(self._run_path(dag_id, run_id).read_text(encoding="utf-8")) >= since
        except (OSError, ValueError):
            return False

    def note_run(self, dag_id: str, run_id: str, now: datetime) -> None:
        """Record that a task reported why its run failed. A success of ``DAG.run`` clears the record."""
        self._write(self._run_path(dag_id, run_id), now)

    def note(self, subject: str, reason: str, now: datetime) -> None:
        """Record that a failure was reported to somebody. Arguments as for :meth:`is_news`."""
        self._write(self._path(subject, reason), now)

    def works_again(self, subject: str) -> None:
        """Clear the failures of a subject, so that its next one is news."""
        for path in self._folder.glob(f"{self._name(subject)}/*.txt"):
            path.unlink(missing_ok=True)

    def _path(self, subject: str, reason: str) -> Path:
        return self._folder / self._name(subject) / f"{_short(_CHANGING.sub('#', reason))}.txt"

    def _run_path(self, dag_id: str, run_id: str) -> Path:
        return self._folder / self._name(f"{dag_id}.run") / f"of-{_short(run_id)}.txt"

    @staticmethod
    def _write(path: Path, now: datetime) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(now.isoformat(), encoding="utf-8")

    @staticmethod
    def _name(subject: str) -> str:
        return re.sub(r"[^\w.-]", "_", subject)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
