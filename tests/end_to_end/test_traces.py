"""From a published figure back to the postings, the words and the crawls that it was made of."""

from __future__ import annotations

from tests.end_to_end.conftest import FinishedRun, run_pipeline

_FIGURES = """
select skill_id, week_start, country, role_family, measure, n_postings, n_with_skill from rpt_skill_demand_weekly
where n_with_skill > 0 order by hash(skill_id, week_start, country, role_family, measure) limit 60
"""


def test_the_postings_behind_a_share_are_as_many_as_it_says(sample_run: FinishedRun) -> None:
    figures = sample_run.published(_FIGURES)
    assert {row[4] for row in figures} == {"flow", "stock"}
    for skill, week, country, role, measure, n_postings, n_with_skill in figures:
        behind = f"postings_behind('{skill}', '{week}', '{country}', '{role}', '{measure}')"
        counted = sample_run.published(f"select count(*), count_if(asks_for_it) from {behind}")
        assert counted == [(n_postings, n_with_skill)], behind


def test_a_posting_is_explained_in_its_own_words(sample_run: FinishedRun) -> None:
    ((key, surface, run),) = sample_run.published(
        "select posting_key, surface, first_run_id from fct_posting_skills join fct_postings using (posting_key) "
        "where span_start is not null order by posting_key, skill_id limit 1"
    )
    said = run_pipeline(sample_run.home, str(key), command="explain").output
    assert f"[{surface}]" in said
    assert str(run) in said.split("The crawls that saw it")[1]
