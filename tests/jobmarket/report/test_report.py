import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html

from jobmarket.publishing import open_published, publish
from jobmarket.publishing.vintages import reported
from jobmarket.report import ReportSpec, formats, make_report
from jobmarket.report.queries import ReportSource, Scope
from jobmarket.report.stage import composed
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from tests.jobmarket.publishing.synthetic_marts import AS_OF, FAMILIES, LAST_WEEK, build_marts, change_marts
from tests.jobmarket.report.conftest import composed_report, report_file, words

ROOT = Path(__file__).parents[3]


def report_of(root: Path) -> str:
    return report_file(root).read_text(encoding="utf-8")


def page_of(home: Home, **options: object) -> html.HtmlElement:
    if not options:
        return html.document_fromstring(report_of(home.root))
    as_of = options.pop("as_of", None)
    spec = ReportSpec(formats=("html",), **options)  # type: ignore[arg-type]
    path = Path(make_report(home, as_of, spec).counts["report"])  # type: ignore[arg-type]
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def rows_of(page: html.HtmlElement, figure: str) -> list[dict[str, tuple[str, str | None]]]:
    """The table of a figure: heading → (text, value); the second of two equal headings gets a number."""
    table = page.get_element_by_id(figure).find(".//table")
    headings: list[str] = []
    for heading in table.findall("./thead/tr/th"):
        name = words(heading)
        headings.append(f"{name} {headings.count(name) + 1}" if name in headings else name)
    found = []
    for row in table.findall("./tbody/tr"):
        cells = [(words(cell), next((data.get("value") for data in cell.iter("data")), None)) for cell in row]
        found.append(dict(zip(headings, cells, strict=True)))
    return found


def test_the_report_is_filed_by_week_and_vintage_and_latest_links_to_it(sample: Home) -> None:
    with open_published(sample) as published:
        (vintage,) = published.execute("select value from about where key = 'vintage_id'").fetchone() or ("",)
    path = sample.reports / "2026-W34" / vintage / "report.html"
    assert report_file(sample.root) == path
    assert (sample.reports / "latest.html").resolve() == path
    page = page_of(sample, week=date(2026, 8, 5))
    assert words(page.find(".//h1")) == "Machine-learning jobs, week 32 of 2026"
    assert (sample.reports / "2026-W32" / vintage / "report.html").exists()
    assert (sample.reports / "latest.html").resolve() == path


def test_a_past_issue_can_be_made_again_byte_for_byte_in_every_format(sample: Home, tmp_path: Path) -> None:
    (vintage,) = (sample.published / "vintages").iterdir()
    make_report(sample, spec=ReportSpec(week=date(2026, 8, 5), out=tmp_path / "first"))
    other = Home(tmp_path / "elsewhere")
    shutil.copytree(sample.published, other.published, symlinks=True)
    later = other.published / "vintages" / "20990101T000000Z-later"  # published since, and of no use
    later.mkdir()
    (other.published / "current").unlink()
    (other.published / "current").symlink_to(later)
    # Another place, time zone, locale and order of hashes than those of the report it is compared with.
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = ["report", "--vintage", vintage.name, "--week", "2026-W32", "--out", str(tmp_path / "again")]
    subprocess.run(
        [Path(sys.executable).parent / "jobmarket", *command, "--home", str(other.root)],
        check=True, env=environment, cwd=ROOT, timeout=600, capture_output=True,
    )  # fmt: skip
    first, again = (files_below(tmp_path / name) for name in ("first", "again"))
    assert first.keys() == again.keys()
    assert {Path(name).suffix for name in first} == {".html", ".pdf", ".xlsx", ".csv", ".parquet", ".eml"}
    assert [name for name in first if first[name] != again[name]] == []
    assert [name for name, content in first.items() if str(tmp_path).encode() in content] == []


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_beside_the_reports_is_left_alone(recorded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copytree(recorded.published, home.published, symlinks=True)
    made = Path(make_report(home, spec=ReportSpec(formats=("html",))).counts["report"])
    shutil.copytree(made.parents[1], made.parents[1].with_name("2026-W34-old"))
    again = make_report(home, spec=ReportSpec(formats=("html",)))
    assert (again.gaps, (home.reports / "latest.html").resolve()) == ((), made)
    assert b"W34-old" not in (home.reports / "index.html").read_bytes()
    assert reported(home.published, home.reports) == {made.parent.name}


@pytest.mark.usefixtures("undrawn")
def test_a_report_of_the_running_week_is_archived_but_never_the_latest(tmp_path: Path) -> None:
    home, thursday = Home(tmp_path), datetime(2026, 8, 20, tzinfo=UTC)
    build_marts(home, as_of=thursday, weeks=2, postings=60)
    publish(home, Settings(_env_file=None), thursday)
    running = Path(make_report(home, spec=ReportSpec(week=LAST_WEEK, formats=("html",))).counts["report"])
    assert (home.reports / "latest.html").resolve() == running, "there is no other yet"
    finished = Path(make_report(home, spec=ReportSpec(formats=("html",))).counts["report"])
    for _ in range(2):
        assert (home.reports / "latest.html").resolve() == finished
        make_report(home, spec=ReportSpec(week=LAST_WEEK, formats=("html",)))
    assert "2026-W34" in (home.reports / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("undrawn")
def test_a_report_as_of_a_moment_uses_the_vintage_of_that_moment(tmp_path: Path) -> None:
    home, wednesday = Home(tmp_path), datetime(2026, 8, 19, 9, tzinfo=UTC)
    ids = []
    for moment in (wednesday, datetime(2026, 8, 26, tzinfo=UTC)):
        build_marts(home, as_of=moment, weeks=2, postings=60)
        ids.append(publish(home, Settings(_env_file=None), moment).counts["vintage_id"])

    def made(moment: datetime | None, vintage: str | None = None) -> tuple[str, str]:
        report = composed(home, moment, ReportSpec(vintage=vintage))
        return report.iso_week, report.vintage_id

    # On a Wednesday the last week that was over is the one before, also when the next is over but not published.
    assert made(wednesday) == made(datetime(2026, 8, 25, tzinfo=UTC)) == ("2026-W33", ids[0])
    assert made(datetime(2026, 9, 1, tzinfo=UTC)) == made(None) == ("2026-W34", ids[1])
    assert made(wednesday, ids[1]) == ("2026-W33", ids[1]), "the vintage that is ordered, up to the moment"
    assert made(datetime(2026, 8, 25, tzinfo=UTC), ids[0]) == ("2026-W33", ids[0])
    with pytest.raises(StageError, match="has no vintage up to 2026-08-18 09:00 UTC. The oldest kept one is 2026"):
        make_report(home, wednesday - timedelta(days=1), ReportSpec(formats=("html",)))


def test_an_unknown_week_is_an_error_that_lists_the_known_ones(sample: Home) -> None:
    with pytest.raises(StageError, match="no week 2025-W02: it contains 2026-W22 to 2026-W34"):
        make_report(sample, spec=ReportSpec(week=date(2025, 1, 8)))


def test_an_unpublished_market_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="Nothing is published"):
        make_report(Home(tmp_path))


def test_an_unwritable_report_is_a_clear_error(recorded: Home, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StageError, match=r"the folder .*file does not exist\. Create it, or name another one"):
        make_report(recorded, spec=ReportSpec(formats=("html",), out=tmp_path / "file" / "report.html"))
    with pytest.raises(StageError, match=r"rports does not exist"):
        make_report(recorded, spec=ReportSpec(out=tmp_path / "rports" / "week"))
    (tmp_path / "week" / "report.html").mkdir(parents=True)
    with pytest.raises(StageError, match="cannot be written"):
        make_report(recorded, spec=ReportSpec(formats=("html",), out=tmp_path / "week"))


def test_files_are_not_written_below_a_file(recorded: Home, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("in the way")
    for chosen, out in ((("html", "xlsx"), tmp_path / "README.md"), (("html",), Path(os.devnull))):
        with pytest.raises(StageError, match=f"{out} is not a folder") as error:
            make_report(recorded, spec=ReportSpec(formats=chosen, out=out))
        assert "disk" not in str(error.value)
    assert (tmp_path / "README.md").read_text() == "in the way"


def test_a_file_is_named_as_what_it_holds(recorded: Home, tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"the format is \.html, but the file is .*x\.pdf"):
        make_report(recorded, spec=ReportSpec(formats=("html",), out=tmp_path / "x.pdf"))
    with pytest.raises(StageError, match=r"x\.pdf is the name of one file, but there are 2 formats"):
        make_report(recorded, spec=ReportSpec(formats=("csv", "pdf"), out=tmp_path / "x.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # some users may write everywhere
    with pytest.raises(StageError, match=f"cannot be written: you may not write to {tmp_path}"):
        make_report(Home(tmp_path / "home"))


def test_a_misspelt_country_is_answered_with_the_nearest_one(sample: Home) -> None:
    with pytest.raises(StageError, match=r"Did you mean 'Germany'\?"):
        make_report(sample, spec=ReportSpec(scope=Scope(country="germny")))


@pytest.mark.parametrize("world", ["sample", "recorded", "hostile"])
def test_the_page_is_self_contained(world: str, request: pytest.FixtureRequest) -> None:
    page = page_of(request.getfixturevalue(world))
    loaded = [
        (element.tag, name, value)
        for element in page.iter(html.etree.Element)
        for name, value in element.attrib.items()
        if name.endswith(("src", "srcset", "href", "data", "action", "background", "poster"))
        and not (element.tag == "a" and name == "href")
    ]
    assert loaded == []
    assert [
        element.tag for element in page.iter("script", "link", "iframe", "object", "embed", "img", "form", "base")
    ] == []
    for style in page.iter("style"):
        assert "url(" not in style.text_content()
        assert "@import" not in style.text_content()
    assert all(link.get("href").startswith(("#", "https://", "http://")) for link in page.iter("a"))
    assert not [name for element in page.iter(html.etree.Element) for name in element.attrib if name.startswith("on")]


def test_figures_of_the_skills_table_are_the_published_ones(sample: Home) -> None:
    rows = rows_of(page_of(sample), "skills-week")
    with open_published(sample) as published:
        expected = published.execute(
            """select skill_name, share, share_low, share_high, n_with_skill, n_postings, n_companies, required_share
            from rpt_skill_demand_weekly where week_start = ? and measure = 'stock' and role_family = 'all'
            and country = 'all' order by share desc limit 15""",
            [LAST_WEEK],
        ).fetchall()
        flow = dict(
            published.execute(
                """select skill_name, share from rpt_skill_demand_weekly where week_start = ? and measure = 'flow'
                and role_family = 'all' and country = 'all'""",
                [LAST_WEEK],
            ).fetchall()
        )
    assert len(rows) == len(expected) == 15
    for row, (skill, share, low, high, with_it, n, companies, required) in zip(rows, expected, strict=True):
        assert row["Skill"][0] == skill
        assert float(row["Open: share"][1] or "nan") == share
        assert row["Open: share"][0] == f"{100 * share:.1f}%"
        assert tuple(map(float, (row["95% interval"][1] or "").split())) == (low, high)
        assert (row["Postings with it"][1], row["n"][1], row["Employers"][1]) == (str(with_it), str(n), str(companies))
        assert float(row["Required"][1] or "nan") == required
        assert float(row["New: share"][1] or "nan") == flow[skill]
    # every row's status is the same: it is stated once, beside the title
    assert "Status" not in rows[0]
    assert words(page_of(sample).get_element_by_id("skills-week").find(".//h3")).endswith(" provisional")


@pytest.mark.parametrize(
    ("figure", "heading", "column"),
    [
        ("pay-levels", "Level", "seniority"),
        ("pay-families", "Role family", "role_family"),
        ("pay-countries", "Country", "country"),
    ],
)
def test_figures_of_the_pay_tables_are_the_published_ones(sample: Home, figure: str, heading: str, column: str) -> None:
    rows = rows_of(page_of(sample), figure)
    # levels and families are those of the country with the most pay: no mix of countries ranks them
    whole = {"seniority": "all", "role_family": "all", "country": "all" if column == "country" else "US"}
    with open_published(sample) as published:
        expected = {
            row[0]: row[1:]
            for row in published.execute(
                f"""select {column}, salary_median_usd_annual, salary_median_usd_annual_low, n_with_pay,
                disclosure_share, share_from_text, status from rpt_salary_trend_weekly
                where week_start = ? and measure = 'stock' and {column} <> 'all'
                and {" and ".join(f"{name} = '{value}'" for name, value in whole.items() if name != column)}""",
                [LAST_WEEK],
            ).fetchall()
        }
    assert {row[heading][1] for row in rows} == set(expected)
    for row in rows:
        median, low, n, disclosed, from_text, status = expected[str(row[heading][1])]
        if median is None:
            assert row["Median"] == ("–", None)
        else:
            assert float(row["Median"][1] or "nan") == median
            assert row["Median"][0] == formats.dollars(median)
            assert float((row["95% interval"][1] or "").split()[0]) == low
            assert float(row["State pay"][1] or "nan") == disclosed
            assert float(row["From text"][1] or "nan") == from_text
        assert (row["With pay"][1], row["Status"][0]) == (str(n), status.replace("_", " "))


def test_levels_and_families_are_ranked_within_one_country_which_the_title_names(sample: Home) -> None:
    figures = {figure.key: figure for figure in composed_report(sample.root).figures}
    assert figures["pay-levels"].title == "By level: United States"
    assert figures["pay-families"].title == "By role family: United States"
    assert "Only one country is shown" in figures["pay-families"].note
    german = {figure.key: figure for figure in composed(sample, None, ReportSpec(scope=Scope(country="DE"))).figures}
    assert (german["pay-levels"].title, german["pay-families"].title) == ("By level", "By role family")
    assert german["pay-families"].table is not None
    assert {row[0].value for row in german["pay-families"].table.rows} == set(FAMILIES) - {"all"}


def test_figures_of_coverage_are_the_published_ones_and_gaps_have_reasons(sample: Home) -> None:
    page = page_of(sample)
    rows = {row["Board"][1]: row for row in rows_of(page, "coverage-week")}
    with open_published(sample) as published:
        expected = published.execute(
            "select board, n_companies_expected, n_companies_crawled, n_companies_qualified, coverage_ratio "
            "from rpt_board_coverage_weekly where week_start = ?",
            [LAST_WEEK],
        ).fetchall()
    assert len(rows) == len(expected) == 4
    for board, expected_companies, crawled, qualified, ratio in expected:
        row = rows[board]
        assert (row["Employers expected"][1], row["Crawled"][1]) == (str(expected_companies), str(crawled))
        assert (row["Observed"][1], float(row["Coverage"][1] or "nan")) == (str(qualified), ratio)
    gap = next(row for row in rows_of(page, "coverage-gaps") if row["Status"][0] == "coverage break")
    assert (gap["Board"][1], gap["Not observed"][1], gap["Main reason"][0]) == ("lever", "27", "timed out")


def test_failed_checks_are_listed_with_their_counts(sample: Home) -> None:
    page = page_of(sample)
    assert "1 of 2 checks of the published data passed" in words(page.get_element_by_id("gates"))
    (row,) = rows_of(page, "gates")
    assert {heading: text for heading, (text, _) in row.items()} == {
        "Checked": "Postings and their content (postings)", "Check": "posted_before_seen",
        "Observed": "3 of 1400 after the crawl",
    }  # fmt: skip


@pytest.mark.parametrize("world", ["sample", "hostile", "later"])
def test_the_report_has_no_identifiers_of_the_code(world: str, request: pytest.FixtureRequest) -> None:
    page = page_of(request.getfixturevalue(world))
    (foot,) = page.iter("footer")
    assert re.search(r"Version \S+, commit \S+, taxonomy \S+, extractor \S+\.", words(foot))
    foot.drop_tree()
    for query in list(page.iter("pre")):
        query.drop_tree()
    text = re.sub(r"This vintage was published before \w+ existed\.", "", words(page))
    for term in ("Commit", "Anchor", "docs/", "marts.", "expect_", "column values", "counts when repeated"):
        assert term not in text, term
    assert not re.findall(r"\b(?:fct|dim|rpt|raw|stg|int)_\w+", text)


def test_the_headline_names_what_it_counts(sample: Home) -> None:
    page = page_of(sample)
    with open_published(sample) as published:
        shown = published.execute(
            """select any_value(n_postings), any_value(n_companies) from rpt_skill_demand_weekly
            where week_start = ? and role_family = 'all' and country = 'all' group by measure order by measure desc""",
            [LAST_WEEK],
        ).fetchall()
    (n_open, n_employers), (n_new, _) = ([formats.count(number) for number in row] for row in shown)
    first = words(next(page.get_element_by_id("headline").iter("p")))
    assert first == (
        f"In the week of 17–23 August 2026, {n_open} open machine-learning postings with a description were observed "
        f"at {n_employers} employers; {n_new} of them were newly published."
    )


def test_the_headline_claims_only_what_is_significant(sample: Home) -> None:
    page = page_of(sample)
    sentences = [words(p) for p in page.get_element_by_id("headline").iter("p")]
    assert 3 <= len(sentences) <= 5
    claimed = {row["Skill"][0] for row in rows_of(page, "skills-moved")}
    assert claimed
    for row in rows_of(page, "skills-moved"):
        low, high = map(float, (row["Interval"][1] or "").split())
        assert (low > 0) == (row["Direction"][0] == "rising")
        assert (high < 0) == (row["Direction"][0] == "falling")
    # Planted: these grow by a fifth of all postings over the weeks; nothing else moves that much.
    assert claimed <= {"LLMs", "RAG", "TensorFlow"}
    for skill in claimed:
        assert skill in sentences[2]
    assert "Kubernetes" not in sentences[2]
    assert "over 13 weeks, pay for similar jobs did not change significantly (+0.6%, −0.2% to +1.4%)" in sentences[3]
    assert "Of 180 expected employer boards, 168 were observed" in sentences[4]


@pytest.mark.usefixtures("undrawn")
def test_where_nothing_changed_the_headline_says_so(tmp_path: Path) -> None:
    home = Home(tmp_path)
    build_marts(home, weeks=5, postings=400)
    change_marts(home, "update marts.rpt_skill_demand_weekly set is_significant_4w = false where change_4w is not null")
    publish(home, Settings(_env_file=None), AS_OF)
    page = page_of(home, week=LAST_WEEK)
    assert "no skill’s share changed significantly; 20 were compared" in words(page.get_element_by_id("headline"))
    assert "no skill’s share changed significantly; 20 were compared" in words(page.get_element_by_id("skills-moved"))


@pytest.mark.parametrize(
    ("world", "expected"), [("sample", "This is a sample world."), ("recorded", "recordings of single days")]
)
def test_the_banner_names_the_kind_of_market(world: str, expected: str, request: pytest.FixtureRequest) -> None:
    banners = [words(aside) for aside in page_of(request.getfixturevalue(world)).iter("aside")]
    assert len([banner for banner in banners if expected in banner]) == 1


@pytest.mark.parametrize(("origin", "is_recorded"), [("recorded", True), ("backfill, recorded", True), ("live", False)])
def test_recordings_are_recognised_beside_any_archive(origin: str, is_recorded: bool, recorded: Home) -> None:
    with open_published(recorded) as published:
        source = ReportSource(published, {"origin": origin}, LAST_WEEK, is_complete=True, scope=Scope())
        assert source.is_recorded == is_recorded


def test_with_a_single_suppressed_week_reasons_stand_in_place_of_charts(recorded: Home) -> None:
    page = page_of(recorded)
    # those of the half year, which is enough for some cells
    half_year = [page.get_element_by_id("grid"), page.get_element_by_id("pay-half-year")]
    assert set(page.iter("svg")) == {drawing for part in half_year for drawing in part.iter("svg")}
    assert "fewer than 30 postings" in words(page.get_element_by_id("skills-week"))
    assert "so they show no trend" in words(page.get_element_by_id("skills-trend"))
    assert "None can be shown" in words(page.get_element_by_id("pay-levels"))
    headline = words(page.get_element_by_id("headline"))
    assert "too few" in headline
    assert "significant" not in headline
    assert "suppressed" in words(page)


@pytest.mark.parametrize(
    "table", ["rpt_skill_demand_weekly", "rpt_salary_trend_weekly", "rpt_board_coverage_weekly", "fct_postings"]
)
def test_an_empty_mart_is_no_exception(table: str, home: Home) -> None:
    change_marts(home, f"delete from marts.{table}")
    publish(home, Settings(_env_file=None), AS_OF)
    assert len(list(page_of(home).iter("section"))) >= 6


def test_hostile_text_stays_text(hostile: Home) -> None:
    text = report_of(hostile.root)
    page = html.document_fromstring(text)
    assert "<script" not in text
    assert "javascript:" not in text
    assert not {"\u202e", "\u2060", "\x00"} & set(text)
    assert "W" * 1000 not in text
    assert [element.tag for element in page.iter("title") if element.getparent().tag == "head"] == ["title"]
    names = [row["Employer"][0] for row in rows_of(page, "employers")]
    assert names[0].startswith('<script>alert(1)</script>"=HYPERLINK(')
    assert len(names[0]) == 1000, "no real name is that long"


def test_the_page_is_accessible(sample: Home) -> None:
    page = page_of(sample)
    assert page.get("lang") == "en"
    assert len(list(page.iter("h1"))) == 1
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    drawings = list(page.iter("svg"))
    assert len(drawings) > 15
    for svg in drawings:
        assert svg.get("aria-hidden") == "true"
        (image,) = [element for element in svg.iterancestors() if element.get("role") == "img"]
        label = image.get("aria-label") or words(page.get_element_by_id(image.get("aria-labelledby")))
        assert len(label) > 20
    tables = list(page.iter("table"))
    assert len(tables) > 8
    for table in tables:
        assert words(table.find("caption"))
        assert all(heading.get("scope") == "col" for heading in table.findall("./thead/tr/th"))
        assert all(row.find("th").get("scope") == "row" for row in table.findall("./tbody/tr"))
    # Behind every chart stands its table.
    for figure in page.iter("figure"):
        if figure.find(".//svg") is not None:
            assert figure.find("./details//table") is not None, figure.get("id")
    ids = [element.get("id") for element in page.iter(html.etree.Element) if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href")[1:] in ids for link in page.iter("a") if link.get("href").startswith("#"))


def test_across_a_coverage_break_only_the_same_employers_are_compared(sample: Home) -> None:
    # Four weeks before this one coverage broke: changes compare the same employers, or like jobs at them.
    page = page_of(sample, week=LAST_WEEK - timedelta(weeks=2))
    assert "among employers observed in both weeks" in words(page.get_element_by_id("skills-moved"))
    headline = words(page.get_element_by_id("headline"))
    assert "among employers observed in both weeks" in headline
    assert "over 13 weeks, pay for similar jobs" in headline


def test_the_report_reads_the_published_file_alone(recorded: Home, tmp_path: Path) -> None:
    home = Home(tmp_path)
    shutil.copytree(recorded.published, home.published, symlinks=True)
    make_report(home)
    assert not home.warehouse.exists()
    assert sorted(os.listdir(home.root)) == ["published", "reports"]  # noqa: PTH208


@pytest.mark.usefixtures("undrawn")
def test_sources_that_require_attribution_are_named_in_the_footer(tmp_path: Path) -> None:
    home = Home(tmp_path)
    build_marts(home, weeks=1, postings=40)
    attributions = "insert into raw.attributions values ('lever', 'Jobs: Lever <b>, https://lever.example', now()), "
    change_marts(home, attributions + "('ashby', null, now()), ('unread', 'Not in these marts', now())")
    publish(home, Settings(_env_file=None), AS_OF)
    foot = page_of(home).find(".//footer")
    assert words(foot).startswith("Jobs: Lever <b>, https://lever.example Produced from vintage")
    assert foot.find(".//a").get("href") == "https://lever.example"
