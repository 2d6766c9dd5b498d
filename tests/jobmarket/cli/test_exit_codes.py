"""The exit codes of the runbook, failure by failure."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from jobmarket.settings import Home
from jobmarket.stages import GateClosedError, StageError, StageResult
from tests.jobmarket.cli.commands import answer, invoke
from tests.jobmarket.conftest import copy_of

UNKNOWN = "00000000-0000-0000-0000-000000000000"
# What a command is given, and the start of what it says (after the stage's name).
WRONG_USAGE = {
    # an option or argument that nothing can have
    "run --boards foo": "Invalid value for '--boards': 'foo' is neither sample, nor live, nor a folder of recorded",
    "crawl --boards smaple": "Invalid value for '--boards': 'smaple' is neither sample, nor live, nor a folder of "
    "recorded responses that exists. Did you mean 'sample'?",
    "backfill hn --since 2018-01 --boards lvie": "Invalid value for '--boards': 'lvie' is neither",
    "boards check --boards /no": "Invalid value for '--boards': '/no' is neither",
    "run --boards {empty}": "crawl: {empty}/manifest.csv does not exist.",
    "run --as-of 20.8.2026": "Invalid value for '--as-of': '20.8.2026' is not a date",
    "publish --as-of 2099-01-01": "Invalid value for --as-of: 2099-01-01T00:00:00Z is in the future",
    "build --home {file}": "Invalid value for '--home': {file} is a file, and a folder is needed",
    "load --reason wrong": "--reason needs --withdraw",
    "explain 2026-W99": "2026-W99 is not a week",
    "sql ''": "The query is empty",
    "extract --input {file} --output {empty}/no/out": "Not written: the folder {empty}/no does not exist.",
    "report --format html --out {empty}/no/x.html": "report: Not written: the folder {empty}/no does not exist.",
    "backfill hn --since 2018-01 --boards sample": "backfill: The sample boards have no archive",
    "backfill levr --since 2018-01": "backfill: levr has no archive.",
    # a name of something that is not there
    "report --week 2020-W01": "report: The published file has no week 2020-W01",
    "report --country Atlantis": "report: No posting of week ",
    "report --role mlengineer": "report: There is no role family 'mlengineer': choose one of ",
    "report --vintage gone": "report: Vintage gone is not in ",
    "explain pay --week 2020-W01": "The published database has no week of ",
    "explain pytorhc": "'pytorhc' is not a posting, week, skill or theme.",
    f"explain {UNKNOWN}": f"The published database has no posting {UNKNOWN}.",
    "explain pay --role mlengineer": "The weekly figures have no role_family 'mlengineer'; there are ",
    "profile nosuch": "'nosuch' is not a skill, an employer or a country here.",
    "profile python --country Atlantis": "The weekly figures have no country 'Atlantis'",
    "sql 'select 1' --as-of 2020-01-01": "{home}/published has no vintage up to 2020-01-01",
    "load --withdraw nosuch --reason wrong": "load: No run nosuch in ",
    "publish --withdraw nosuch": "publish: Not withdrawn: there is no vintage nosuch.",
    # a setting
    "crawl --boards live --home {new}": "crawl: Live boards are not crawled anonymously: set JOBMARKET_CONTACT",
    "boards check": "boards check: Live boards are not crawled anonymously: set JOBMARKET_CONTACT",
    "boards check --boards ''": "boards check: Live boards are not crawled anonymously: set JOBMARKET_CONTACT",
}  # fmt: skip
FAILED = {
    "load --home {new}": "load: There is no landing in {new}.",
    "verify --home {new}": "There is no landing in {new}.",
    "status --home {new}": "There is no warehouse in {new} yet.",
    "build --home {new}": "build: There is no warehouse in {new} yet.",
    "sql 'select 1' --home {new}": "Nothing is published in {new}/published.",
    "sql 'selct 1'": "Parser Error: ",
    "profile --role ml_engineer --country FR": "Too few postings for a profile",
}


@pytest.fixture(scope="module")
def home(two_weeks_published: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return copy_of(two_weeks_published, tmp_path_factory.mktemp("codes") / "home")


@pytest.fixture
def places(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """What the commands above name: a published home, and things that are not what a command needs."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "BOARDS", "CONTACT"):
        monkeypatch.delenv(f"JOBMARKET_{name}", raising=False)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    return {"home": home.root} | {name: tmp_path / name for name in ("new", "empty", "file")}


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [*((command, 2, said) for command, said in WRONG_USAGE.items()),
     *((command, 1, said) for command, said in FAILED.items())],
)  # fmt: skip
def test_each_failure_has_the_exit_code_of_the_runbook(
    command: str, code: int, said: str, places: dict[str, Path]
) -> None:
    words = shlex.split(command.format(**places))
    takes_home = "--home" not in words and words[0] != "extract" and words[:2] != ["boards", "check"]
    done = invoke(*words, *(["--home", str(places["home"])] if takes_home else []))
    assert done.exit_code == code
    lines = [line.removeprefix("Error: ") for line in done.stderr.splitlines()]
    assert any(line.startswith(said.format(**places)) for line in lines), done.output


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (StageResult("load", "done", notes=("lever/gone: 404",)), 0),
        (StageError("disk full"), 1),
        (OSError(28, "No space left on device"), 1),
        (GateClosedError("Gate raw closed"), 3),
        (StageResult("load", "done", gaps=("run a: damaged",)), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_outcome_of_a_stage_has_the_exit_code_of_the_runbook(
    outcome: StageResult | BaseException, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answer(monkeypatch, "load", outcome)
    assert invoke("load", "--home", str(tmp_path)).exit_code == code
