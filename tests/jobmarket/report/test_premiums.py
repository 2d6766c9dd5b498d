"""The report's premiums of pay: which jobs are compared, and the warning where a specialisation is nearly a family."""

from pathlib import Path

from jobmarket.report.figures import Figure
from jobmarket.report.queries import Published, Scope
from jobmarket.report.sections.premiums import premiums_section
from jobmarket.settings import Home
from tests.jobmarket.report.conftest import changed

# Nearly all research is done by researchers, among whom it pays no more; language models are the work of two families.
_TO_FAMILIES = """
insert into rpt_specialisation_salary by name
select rows.* replace (
    spread.family as role_family, (rows.n_with * spread.share)::integer as n_with, 0.01 as premium,
    -0.02 as premium_low, 0.04 as premium_high, false as is_significant
)
from rpt_specialisation_salary as rows join (values
    ('research', 'ml_researcher', 0.9), ('research', 'ml_engineer', 0.1),
    ('nlp_llm', 'ml_engineer', 0.6), ('nlp_llm', 'ai_engineer', 0.4)
) as spread(of, family, share) on spread.of = rows.specialisation
"""
FAMILIES = (
    ("update rpt_specialisation_salary set premium_low = 0.001, is_significant = true", None),
    (
        "insert into rpt_specialisation_salary select * replace ('research' as specialisation) "
        "from rpt_specialisation_salary",
        None,
    ),
    (_TO_FAMILIES, None),
)


def figure_of(published: Published, key: str) -> Figure:
    (figure,) = [figure for figure in premiums_section(published).figures if figure.key == f"premiums-{key}"]
    return figure


def test_the_report_says_that_specialisations_are_compared_across_families(later: Home, tmp_path: Path) -> None:
    with changed(later, tmp_path) as published:
        compared, exception, *_ = premiums_section(published).sentences
    assert "same role family, level" in compared
    assert exception.startswith("Specialisations are the exception: openings of different role families are compared")


def test_a_report_of_one_family_compares_specialisations_within_it(later: Home, tmp_path: Path) -> None:
    with changed(later, tmp_path, scope=Scope("ml_engineer")) as published:
        sentences = premiums_section(published).sentences
    assert "same role family, level" in sentences[0]
    assert "exception" not in " ".join(sentences)


def test_a_specialisation_that_is_nearly_a_family_is_named_with_its_premium_within_the_family(
    later: Home, tmp_path: Path
) -> None:
    with changed(later, tmp_path, *FAMILIES) as published:
        figure = figure_of(published, "specialisations")
    assert "largely that of the family: Research (ML researcher). The table" in figure.note
    assert figure.table is not None
    first = [field.title for field in figure.table.fields].index("Most frequent role family")
    shown = {row[0].text: [cell.text for cell in row[first : first + 4]] for row in figure.table.rows}
    assert shown == {
        "Research": ["ML researcher", "108", "+1.0%", "−2.0% to +4.0%"],
        "Language, LLMs": ["ML engineer", "72", "+1.0%", "−2.0% to +4.0%"],
    }


def test_without_a_specialisation_that_is_nearly_a_family_there_is_no_warning(later: Home, tmp_path: Path) -> None:
    spread = ("update rpt_specialisation_salary set n_with = 50 where role_family <> 'all'", None)
    with changed(later, tmp_path, *FAMILIES, spread) as published:
        figure = figure_of(published, "specialisations")
    assert "flagged as significant" in figure.note
    assert "family" not in figure.note


def test_the_table_lists_all_that_were_compared(later: Home, tmp_path: Path) -> None:
    rarer = (
        "insert into rpt_skill_salary_premium by name select * exclude (i) replace ('Rare ' || i as skill_name, "
        "31 as n_with, 0.2 as premium, false as is_significant) from rpt_skill_salary_premium, range(60) as many(i) "
        "where skill_name = 'Perl'"
    )
    with changed(later, tmp_path, (rarer, None)) as published:
        figure = figure_of(published, "skills")
    assert "Compared: 62; flagged as significant: 1, of which" in figure.note
    assert figure.table is not None
    assert len(figure.table.rows) == 62


def test_a_withheld_premium_states_the_sample_that_its_reason_is_about(later: Home, tmp_path: Path) -> None:
    few = (
        "update rpt_specialisation_salary set premium = null, n_with = 12, n_companies_with = 5, n_postings = 39, "
        "n_companies = 6, premium_floor_reason = 'fewer than 30 postings with pay and the specialisation'",
        None,
    )
    with changed(later, tmp_path, few) as published:
        figure = figure_of(published, "specialisations")
    assert figure.absence == (
        "Not shown: fewer than 30 postings with pay and the specialisation (most frequent: Language, LLMs; postings "
        "with it: 12 of 39, employers: 5 of 6)."
    )
