"""A vintage of a wrong moment can be withdrawn, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobmarket.cli import main
from jobmarket.one_at_a_time import only_one
from jobmarket.published_figures import figures_folder
from jobmarket.publishing import open_published, publish, stage, withdraw
from jobmarket.publishing.history import Figures
from jobmarket.publishing.vintages import kept_vintages, only_publisher
from jobmarket.publishing.withdrawn_runs import note_withdrawn_run
from jobmarket.report.issues import Issue
from jobmarket.settings import Home, Settings
from jobmarket.stages import PermanentError, StageError, as_of_text
from jobmarket.warehouse import load
from tests.jobmarket.publishing.synthetic_marts import AS_OF, build_marts, change_marts
from tests.jobmarket.publishing.test_published_figures import kept_figures, publish_week

pytestmark = pytest.mark.usefixtures("few_questions")

SETTINGS = Settings(_env_file=None)
YEARS_AHEAD = AS_OF + timedelta(days=5 * 365)


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str, str]:
    """Return a home whose current vintage is of a day years ahead, with the names of the right one and of that one."""
    home = Home(tmp_path_factory.mktemp("mistaken"))
    home.landing.mkdir()
    return home, publish_week(home, AS_OF, 60), publish_week(home, YEARS_AHEAD, 90)


@pytest.fixture
def home(mistaken: tuple[Home, str, str], tmp_path: Path) -> Home:
    return Home(shutil.copytree(mistaken[0].root, tmp_path / "home", symlinks=True))


def test_readers_get_the_vintage_before_and_later_ones_become_current_again(
    home: Home, mistaken: tuple[Home, str, str]
) -> None:
    _, right, wrong = mistaken
    folder = home.reports / "2031-W33" / wrong
    Issue("report-de", "2031-W33", wrong, YEARS_AHEAD.isoformat(), "de", "all", "all", "Titel", "Woche", (), {}).keep(
        folder
    )
    done = CliRunner().invoke(main, ["publish", "--withdraw", wrong, "--home", str(home.root)])
    assert done.exit_code == 0, done.output
    assert f"vintage {wrong} withdrawn; the current one is {right}" in done.output
    assert f"a report was made from {wrong} before; that is not kept" in done.output
    assert f"delete {folder}/report-de.* if nobody should read it" in done.output
    warned = "Der Datenstand hinter diesem Bericht wurde zurückgezogen. Verwenden Sie die Zahlen"
    assert warned in (home.reports / "feed.xml").read_text(encoding="utf-8")
    assert [path.name for path in kept_vintages(home.published)] == [right]
    with open_published(home) as published:
        assert published.execute("select value from about where key = 'vintage_id'").fetchone() == (right,)
    figures, postings = kept_figures(home)
    assert ({row[0] for row in figures}, {row[0] for row in postings}) == ({right}, {right})
    assert [path for path in figures_folder(home).iterdir() if wrong in path.name] == []

    # A rebuilt warehouse leaves the figures out, too.
    home.warehouse.unlink()
    assert load(home, SETTINGS).details == (f"restored the published figures of 1 vintage: {right}",)

    following = publish_week(home, AS_OF + timedelta(days=7), 70)
    assert home.database.resolve().parent.name == following


def test_reports_that_were_not_warned_of_are_when_the_withdrawal_is_repeated(
    home: Home, mistaken: tuple[Home, str, str]
) -> None:
    _, _, wrong = mistaken
    issue = Issue("report", "2031-W33", wrong, YEARS_AHEAD.isoformat(), "en", "all", "all", "Title", "Week", (), {})
    issue.keep(home.reports / "2031-W33" / wrong)
    withdrawal = ["publish", "--withdraw", wrong, "--home", str(home.root)]
    with only_one(home.reports, "writing or sending reports in"):
        assert "does not warn of them" in CliRunner().invoke(main, withdrawal).output
    again = CliRunner().invoke(main, withdrawal)
    assert again.exit_code == 0, again.output
    assert again.output.startswith(f"vintage {wrong} is already withdrawn\n")
    assert "The vintage behind this report was withdrawn." in (home.reports / "feed.xml").read_text(encoding="utf-8")


def test_no_withdrawal_comes_between_a_publication_and_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, keep_figures = Home(tmp_path), stage._keep_figures
    refused = []

    def withdraw_then_keep(home: Home, settings: Settings, vintage: str, figures: Figures) -> tuple[str, ...]:
        with pytest.raises(StageError, match="Another process is publishing"):
            withdraw(home, settings, vintage)
        refused.append(vintage)
        return keep_figures(home, settings, vintage, figures)

    monkeypatch.setattr(stage, "_keep_figures", withdraw_then_keep)
    assert refused == [publish_week(home, AS_OF, 60)]


@pytest.mark.parametrize("withdrawn", ["current", "beside"])
def test_a_current_vintage_with_withdrawn_runs_is_no_clean_one(
    home: Home, mistaken: tuple[Home, str, str], withdrawn: str
) -> None:
    _, right, wrong = mistaken
    left, removed = (right, wrong) if withdrawn == "current" else (wrong, right)
    note_withdrawn_run(home.published / "vintages" / left, "ashby-20260820T000000Z-1")
    done = CliRunner().invoke(main, ["publish", "--withdraw", removed, "--home", str(home.root)])
    assert done.exit_code == 0, done.output
    summary, warning = done.output.splitlines()
    moment = datetime.fromisoformat(left.partition("-")[0])
    assert summary == f"vintage {removed} withdrawn; the current one is {left}"
    assert warning == (
        f"Vintage {left} contains 1 run that was withdrawn since (ashby-20260820T000000Z-1). "
        f"For one without, run `jobmarket gate raw`, `build --as-of {as_of_text(moment)}`, `gate marts` and `publish`."
    )


def test_a_vintage_beside_the_current_one_is_withdrawn_without_moving_readers(published_home: Home) -> None:
    home, current = published_home, published_home.database.resolve().parent.name
    earlier = AS_OF - timedelta(days=7)
    build_marts(home, weeks=2, postings=50, as_of=earlier)
    beside = str(publish(home, SETTINGS, earlier).counts["vintage_id"])
    assert current in withdraw(home, SETTINGS, beside).summary
    assert home.database.resolve().parent.name == current
    assert [path.name for path in kept_vintages(home.published)] == [current]


def test_readers_get_the_last_one_made_of_several_of_one_moment(published_home: Home) -> None:
    home, first = published_home, published_home.database.resolve().parent.name
    build_marts(home, weeks=2, postings=50, as_of=AS_OF - timedelta(days=7))
    publish(home, SETTINGS, AS_OF - timedelta(days=7))
    build_marts(home, weeks=2, postings=60)
    made = [first]
    for company in ("company-1", "company-2"):
        change_marts(home, f"delete from marts.dim_companies where company_key = '{company}'")
        made.append(str(publish(home, SETTINGS, AS_OF).counts["vintage_id"]))
    assert len(set(made)) == 3
    for number, vintage in enumerate(made):  # as after a copy that does not keep the times of folders
        os.utime(home.published / "vintages" / vintage, (100 - number, 100 - number))
    for wrong, before in ((made[2], made[1]), (made[1], made[0])):
        withdraw(home, SETTINGS, wrong)
        assert home.database.resolve().parent.name == before


def test_a_withdrawn_vintage_is_not_published_again(home: Home, mistaken: tuple[Home, str, str]) -> None:
    _, right, wrong = mistaken
    withdraw(home, SETTINGS, wrong)
    with pytest.raises(
        PermanentError, match=f"these marts are the data of vintage {wrong}, which was withdrawn"
    ) as refused:
        publish(home, SETTINGS, YEARS_AHEAD)
    assert home.database.resolve().parent.name == right
    # The message names the file that takes the withdrawal back.
    Path(str(refused.value).split("delete ")[1].rstrip(".")).unlink()
    assert publish(home, SETTINGS, YEARS_AHEAD).counts["vintage_id"] == wrong
    assert home.database.resolve().parent.name == wrong


@pytest.mark.parametrize(
    "statement",
    [
        "comment on column marts.fct_postings.title is 'Other words.'",
        "create table marts.rpt_new as select 1 as n; comment on table marts.rpt_new is 'One row.'; "
        "comment on column marts.rpt_new.n is 'One.'",
        "insert into marts.rpt_vintages by name select 'published since' as vintage_id",
    ],
    ids=["other descriptions", "a new table", "a vintage published since"],
)
def test_withdrawn_data_are_not_published_under_another_id(
    home: Home, mistaken: tuple[Home, str, str], statement: str
) -> None:
    _, right, wrong = mistaken
    withdraw(home, SETTINGS, wrong)
    change_marts(home, statement)
    with pytest.raises(PermanentError, match=f"these marts are the data of vintage {wrong}, which was withdrawn"):
        publish(home, SETTINGS, YEARS_AHEAD)
    assert home.database.resolve().parent.name == right


def test_a_kept_vintage_of_the_same_data_is_named(home: Home, mistaken: tuple[Home, str, str]) -> None:
    _, right, wrong = mistaken
    change_marts(home, "comment on column marts.fct_postings.title is 'Other words.'")
    described = str(publish(home, SETTINGS, YEARS_AHEAD).counts["vintage_id"])
    assert withdraw(home, SETTINGS, described).details == (f"vintage {wrong} has the same data: withdraw it too",)
    assert withdraw(home, SETTINGS, wrong).details == ()
    assert home.database.resolve().parent.name == right


def test_other_data_of_the_moment_of_a_withdrawn_vintage_are_published(
    home: Home, mistaken: tuple[Home, str, str]
) -> None:
    withdraw(home, SETTINGS, mistaken[2])
    change_marts(home, "delete from marts.dim_companies where company_key = 'company-1'")
    assert publish(home, SETTINGS, YEARS_AHEAD).counts["changed"] == 1


def test_a_withdrawn_vintage_whose_mark_is_damaged_is_refused_by_its_id(
    home: Home, mistaken: tuple[Home, str, str]
) -> None:
    _, _, wrong = mistaken
    withdraw(home, SETTINGS, wrong)
    (home.published / "vintages" / f"{wrong}.withdrawn").write_text("")
    with pytest.raises(PermanentError, match=f"vintage {wrong}, which was withdrawn"):
        publish(home, SETTINGS, YEARS_AHEAD)


def test_what_cannot_be_withdrawn_stays(published_home: Home) -> None:
    home, current = published_home, published_home.database.resolve().parent.name
    with pytest.raises(StageError, match=rf"there is no vintage 2026\. Kept vintages: {current}\."):
        withdraw(home, SETTINGS, "2026")
    with pytest.raises(
        StageError, match=rf"{current} is the current vintage, and none before it is kept\. First publish"
    ):
        withdraw(home, SETTINGS, current)
    with only_publisher(home.published), pytest.raises(StageError, match="Another process is publishing"):
        withdraw(home, SETTINGS, current)
    assert home.database.resolve().parent.name == current


def test_a_mistyped_home_is_not_created(tmp_path: Path) -> None:
    mistyped = ["--home", str(tmp_path / "hoem")]
    done = CliRunner().invoke(main, ["publish", "--withdraw", "20260820T000000Z-1f0c93ab", *mistyped])
    assert (done.exit_code, done.output.split(" in ")[0]) == (1, "publish: There is no warehouse")
    assert list(tmp_path.iterdir()) == []
