"""Read a comment of a "Who is hiring?" thread as the jobs that it names, or say why it is no posting.

A comment is landed whole, under its own id, and split into jobs only here, so a better grammar is applied to all
comments ever landed. The id of a job does not depend on its place in the comment: it is the comment's id if the
comment names one job or none, and otherwise that id with the words of the title (``48747987-data-engineer``). Titles
of the same words, apart from gender markers such as "(m/f/d)", are one job.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jobmarket.checksum import version_of
from jobmarket.duplicates.gender import without_gender
from jobmarket.extract.version import extractor_version
from jobmarket.hacker_news.header import Header, read_header

# Plus and hash distinguish C, C++ and C#.
_WORDS = re.compile(r"[\w+#]+")
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Job:
    """A job that a comment names, under the names of :class:`jobmarket.posting.Posting`, in the poster's words."""

    native_id: str
    title: str
    company_name: str | None
    location_text: str | None
    workplace_text: str | None
    employment_type_text: str | None
    pay_text: str | None


@dataclass(frozen=True)
class Reading:
    """A comment as read: its jobs, or why it is no posting."""

    jobs: tuple[Job, ...] = ()
    rejected_because: str | None = None


def read_comment(comment_id: str, comment: str) -> Reading:
    """Read the jobs of a comment.

    Args:
        comment_id: The comment's id.
        comment: The comment's HTML.
    """
    header = read_header(comment)
    if header is None:
        return Reading(rejected_because="no_text")
    if header.no_offer_because is not None:
        return Reading(rejected_because=header.no_offer_because)
    by_words: dict[str, str] = {}
    for role in header.roles:
        by_words.setdefault("-".join(_WORDS.findall(without_gender(role).casefold())), role)
    if len(by_words) < 2:
        return Reading((_job(comment_id, next(iter(header.roles), header.line), header),))
    return Reading(tuple(_job(f"{comment_id}-{words}", role, header) for words, role in by_words.items()))


def _job(native_id: str, title: str, header: Header) -> Job:
    return Job(
        native_id=native_id,
        title=title[:_LONGEST_TITLE],
        company_name=header.company,
        location_text=header.place,
        workplace_text="; ".join(header.workplaces) or None,
        employment_type_text="; ".join(header.terms) or None,
        pay_text=header.pay,
    )


def reader_version(project: Path) -> str:
    """Return 16 hexadecimal digits that change with this package, its model, gender markers and the extractor's places.

    Args:
        project: Folder of the dbt project.
    """
    own = [file for file in files("jobmarket.hacker_news").iterdir() if file.name.endswith(".py")]
    others = (files("jobmarket.duplicates") / "gender.py", project / "models" / "staging" / "stg_comment_jobs.py")
    return version_of([*own, *others], extractor_version(), digest_size=8)
