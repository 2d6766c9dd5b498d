"""Names and home pages of board systems."""

from __future__ import annotations

from jobmarket.report.formats import foreign
from jobmarket.report.language import mark, say

_BOARDS = {
    "adzuna": ("Adzuna", "https://www.adzuna.com/"),
    "arbeitnow": ("Arbeitnow", "https://www.arbeitnow.com/"),
    "ashby": ("Ashby", "https://www.ashbyhq.com/"),
    "bamboohr": ("BambooHR", "https://www.bamboohr.com/"),
    "breezy": ("Breezy HR", "https://breezy.hr/"),
    "bundesagentur": ("Bundesagentur für Arbeit", "https://www.arbeitsagentur.de/jobsuche/"),
    "francetravail": ("France Travail", "https://www.francetravail.fr/"),
    "getonbrd": ("Get on Board", "https://www.getonbrd.com/"),
    "greenhouse": ("Greenhouse", "https://www.greenhouse.com/"),
    "himalayas": ("Himalayas", "https://himalayas.app/"),
    "hn": ("Hacker News", "https://news.ycombinator.com/"),
    "icims": ("iCIMS", "https://www.icims.com/"),
    "jobicy": ("Jobicy", "https://jobicy.com/"),
    "jobtech": ("Arbetsförmedlingen", "https://arbetsformedlingen.se/"),
    "jooble": ("Jooble", "https://jooble.org/"),
    "jsonld": (mark("Employers’ own career sites"), None),
    "justjoin": ("Just Join IT", "https://justjoin.it/"),
    "landingjobs": ("Landing.jobs", "https://landing.jobs/"),
    "lever": ("Lever", "https://www.lever.co/"),
    "nofluffjobs": ("No Fluff Jobs", "https://nofluffjobs.com/"),
    "personio": ("Personio", "https://www.personio.com/"),
    "pinpoint": ("Pinpoint", "https://www.pinpointhq.com/"),
    "recruitee": ("Recruitee", "https://recruitee.com/"),
    "reed": ("Reed", "https://www.reed.co.uk/"),
    "remoteok": ("Remote OK", "https://remoteok.com/"),
    "remotive": ("Remotive", "https://remotive.com/"),
    "rippling": ("Rippling", "https://www.rippling.com/"),
    "smartrecruiters": ("SmartRecruiters", "https://www.smartrecruiters.com/"),
    "teamtailor": ("Teamtailor", "https://www.teamtailor.com/"),
    "themuse": ("The Muse", "https://www.themuse.com/"),
    "usajobs": ("USAJOBS", "https://www.usajobs.gov/"),
    "weworkremotely": ("We Work Remotely", "https://weworkremotely.com/"),
    "workable": ("Workable", "https://www.workable.com/"),
    "workday": ("Workday", "https://www.workday.com/"),
}


def board_name(board: str) -> str:
    """Name a board system: ``remoteok`` → ``Remote OK``; an unknown one keeps its name."""
    return say(_BOARDS[board][0]) if board in _BOARDS else foreign(board).capitalize()


def board_page(board: str) -> str | None:
    """Return its home page, or None."""
    return _BOARDS[board][1] if board in _BOARDS else None
