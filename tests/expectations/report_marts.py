"""The report tables of the gates' invented world, made from their contracts, and the rows planted in them."""

# ruff: noqa: E501  # the planted cases are a table, one per line
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "marts"

# Values of columns that most reports share.
_CELL = {
    "week_start": "date '2026-08-10'", "measure": "'stock'", "role_family": "'all'", "country": "'all'",
    "n_postings": "60", "n_companies": "6", "status": "'final'", "coverage_ratio": "1.0", "floor_reason": "null",
}  # fmt: skip
_SHARE = {
    "n_with": "48", "share": "0.8", "share_low": "0.7", "share_high": "0.9", "matched_share": "0.79",
    "matched_low": "0.7", "matched_high": "0.9", "coverage_effect": "0.01", "change_13w": "0.02",
    "change_13w_low": "0.01", "change_13w_high": "0.03",
}  # fmt: skip
_FLAGS = {
    "change_4w": "0.01", "change_4w_low": "-0.01", "change_4w_high": "0.03", "change_4w_q_value": "0.2",
    "is_significant_4w": "false", "change_13w_q_value": "0.01", "is_significant_13w": "true",
    "change_13w_selected_low": "0.005", "change_13w_selected_high": "0.035",
}  # fmt: skip
_KNOWN_SHARE = {
    "n_known": "50", "n_companies_known": "5", "known_share": "0.8", "share_of_known": "0.96",
    "share_of_known_low": "0.9", "share_of_known_high": "0.99",
}  # fmt: skip
_PREMIUM = {
    "n_with": "40", "n_companies_with": "6", "premium_log": "0.1", "premium": "0.1", "premium_low": "0.05",
    "premium_high": "0.15", "premium_q_value": "0.01", "is_significant": "true", "premium_selected_low": "0.03",
    "premium_selected_high": "0.17", "premium_within_company": "0.08", "within_company_low": "0.02",
    "within_company_high": "0.14",
}  # fmt: skip
# Report → its one good row, without the columns that stay null.
ROWS: dict[str, dict[str, str]] = {
    "rpt_workplace_weekly": {**_CELL, **_SHARE, **_KNOWN_SHARE, "workplace": "'remote'"},
    "rpt_degree_and_experience": {**_CELL, **_SHARE, **_KNOWN_SHARE, "requirement": "'degree:phd'"},
    "rpt_pay_transparency_weekly": {**_CELL, **_SHARE, "pay_statement": "'any'"},
    "rpt_theme_demand_weekly": {**_CELL, **_SHARE, **_FLAGS, "theme": "'mlops'"},
    "rpt_certification_demand": {**_CELL, **_SHARE, "certification": "'any'"},
    "rpt_sector_demand": {**_CELL, **_SHARE, **_KNOWN_SHARE, "sector": "'fintech'"},
    "rpt_agency_share_weekly": {**_CELL, **_SHARE},
    "rpt_role_demand_weekly": {
        **_CELL, "demand_index": "110", "matched_index": "105", "matched_index_low": "100", "matched_index_high": "110",
        "change_4w": "0.01", "change_4w_low": "0", "change_4w_high": "0.02", "matched_index_13w": "104",
        "matched_index_13w_low": "101", "matched_index_13w_high": "107",
        "quarter_change": "0.02", "quarter_change_low": "0", "quarter_change_high": "0.05",
        "change_52w": "0.03", "change_52w_low": "0.01", "change_52w_high": "0.06",
        "quarter_change_52w": "0.03", "quarter_change_52w_low": "0.02", "quarter_change_52w_high": "0.05",
        "change_13w": "0.02", "change_13w_low": "0.01", "change_13w_high": "0.03",
    },
    "rpt_skill_pairs": {
        **_CELL, "skill_id": "'python'", "other_skill_id": "'rust'", "n_with_skill": "50", "n_with_other_skill": "40",
        "n_expected_with_both": "33.3", "n_with_both": "35", "n_companies_with_both": "5", "share_with_other": "0.7",
        "share_with_other_low": "0.6", "share_with_other_high": "0.8", "lift": "1.05", "lift_low": "0.9", "lift_high": "1.2", "q_value": "0.2", "is_significant": "false",
    },
    "rpt_salary_grid": {
        **_CELL, "experience_band": "'senior'", "company_size_band": "'all'", "pay_region": "'ile_de_france'",
        "n_with_pay": "50", "salary_p25_annual": "50000", "salary_median_annual": "60000", "median_low": "55000",
        "median_high": "66000", "salary_median_usd_annual": "66000", "region_premium": "0.2",
        "region_premium_low": "0.1", "region_premium_high": "0.3", "region_premium_q_value": "0.01",
        "is_region_premium_significant": "true", "share_size_from_registry": "0.5", "share_size_from_text": "0.5",
    },
    "rpt_seniority_salary": {
        **_CELL, "seniority": "'staff'", "n_with_pay": "50", "salary_p25_annual": "50000",
        "salary_median_annual": "60000", "median_low": "55000", "median_high": "66000",
        "salary_median_usd_annual": "66000",
    },
    "rpt_skill_salary_premium": {**_CELL, **_PREMIUM, "skill_id": "'python'"},
    "rpt_specialisation_salary": {**_CELL, **_PREMIUM, "specialisation": "'nlp_llm'"},
    "rpt_attribute_salary_premium": {
        **_CELL, **_PREMIUM, "attribute": "'degree'", "attribute_value": "'phd'", "compared_with": "'bachelor'",
    },
    "rpt_published_claims": {
        **_CELL, "claim_id": "'pay'", "claim_low": "40000", "claim_high": "52000", "observed": "60000",
        "observed_low": "55000", "observed_high": "66000", "judged_low": "55000", "judged_high": "66000",
        "verdict": "'above'",
    },
    "rpt_employers": {
        **_CELL, "company_key": "'firm-ashby-0'", "is_agency": "false", "n_open": "10", "n_new_4w": "2", "n_new_13w": "5",
        "share_of_open": "0.16", "open_rank": "1",
        "n_new_postings_13w": "40", "n_new_companies_13w": "6", "share_of_new_13w": "0.125",
        "concentration": "0.1", "top_5_share": "0.9",
    },
    "rpt_time_to_close": {
        **_CELL, "n_closed": "40", "begins_day": "2", "median_days": "20", "median_low": "15", "median_high": "25",
        "share_open_30_days": "0.3", "share_open_30_low": "0.2", "share_open_30_high": "0.4",
    },
    "rpt_time_to_close_quarterly": {
        **_CELL, "week_start": "date '2026-06-29'", "quarter_start": "date '2026-07-01'", "n_closed": "40", "begins_day": "2", "median_days": "20",
        "median_low": "15", "median_high": "25", "share_open_30_days": "0.3", "share_open_30_low": "0.2",
        "share_open_30_high": "0.4", "pace_change_quarter": "0.2", "pace_change_quarter_low": "-0.1",
        "pace_change_quarter_high": "0.6", "pace_change_year": "1", "pace_change_year_low": "0.4", "pace_change_year_high": "1.9",
        "pace_change_quarter_floor_reason": "null", "pace_change_year_floor_reason": "null",
    },
    "rpt_discovery_delay": {
        **_CELL, "board": "'ashby'", "delay_median_days": "1", "delay_p90_days": "6", "delay_final_share_days": "9",
        "final_after_days": "14", "in_time_share": "0.99", "in_time_low": "0.9", "in_time_high": "1",
    },
    "rpt_vintages": {
        **_CELL, "vintage_id": "'this'", "as_of": "timestamp '2026-08-20'", "figure": "'remote_share'", "value": "0.3",
        "value_low": "0.25", "value_high": "0.35", "previous_vintage_id": "'v1'", "previous_value": "0.29",
        "change": "0.01", "new_data_effect": "0.01", "late_data_effect": "0", "taxonomy_effect": "0",
        "parser_effect": "0", "taxonomy_or_parser_effect": "0", "method_effect": "0",
    },
    "rpt_extraction_quality": {
        "sample": "'held_out'", "subject": "'field'", "name": "'countries'", "n_postings": "60", "n_labelled": "60",
        "n_predicted": "60", "n_right": "57", "n_found": "57", "precision": "0.95", "precision_low": "0.9",
        "precision_high": "0.97", "recall": "0.95", "recall_low": "0.9", "recall_high": "0.97", "f1": "0.95",
    },
    "rpt_extraction_by_language": {
        "language": "'fr'", "subject": "'field'", "name": "'countries'", "samples": "'held_out'", "n_postings": "60",
        "n_labelled": "60", "n_predicted": "60", "n_right": "57", "n_found": "57", "precision": "0.95",
        "precision_low": "0.9", "precision_high": "0.97", "recall": "0.95", "recall_low": "0.9", "recall_high": "0.97",
        "f1": "0.95",
    },
    "rpt_skill_emerging": {
        "term": "'Valkey'", "status": "'provisional'", "n_postings": "9", "n_companies": "6", "recent_share": "0.1", "recent_low": "0.05",
        "recent_high": "0.2", "earlier_share": "0.02", "earlier_low": "0.01", "earlier_high": "0.04",
        "change": "0.08", "change_low": "0.01", "change_high": "0.15", "change_q_value": "0.01", "is_rising": "true",
    },
}  # fmt: skip

# Cases of all reports with a status: check, change to the good row, finding in the line.
_COMMON = [
    ("names_known", "status = 'fine'", "of an unknown family, country, measure or status"),
    ("shares_hold", "coverage_ratio = 1.3", "with a share that is not between 0 and 1"),
    ("suppressed_is_empty", "status = 'suppressed'", "that are suppressed but state an estimate"),
    ("enough_postings", "{postings} = 29", "that are shown although they rest on fewer than 30 postings"),
    ("enough_companies", "{companies} = 4", "that are shown although they rest on fewer than 5 companies"),
    ("no_week_ahead", "week_start = '2026-08-24'", "of a week that has not begun"),
]
_NO_INTERVAL = "with an estimate that has no interval around it"
_ATTRIBUTE = [
    ("intervals_hold", "share_low = 0.85", _NO_INTERVAL),
]
_FLAG = "whose flag does not match the q-value or the intervals of its change"
_FLAG_OF_PREMIUM, _FLAG_OF_LIFT = (_FLAG.replace("change", estimate) for estimate in ("premium", "lift"))
_EFFECT = [
    ("intervals_hold", "premium_high = 0.01", _NO_INTERVAL),
    ("intervals_hold", "within_company_low = null", _NO_INTERVAL),
    ("flags_hold", "premium_q_value = 1.5, is_significant = false", _FLAG_OF_PREMIUM),
    ("flags_hold", "is_significant = null", _FLAG_OF_PREMIUM),
    ("flags_hold", "premium_selected_low = 0.06", _FLAG_OF_PREMIUM),
    ("flags_hold", "premium_selected_low = 0", _FLAG_OF_PREMIUM),
    ("flags_hold", "premium_selected_high = null", _FLAG_OF_PREMIUM),
]
# Report → columns of the sample that a shown row rests on, if they are not n_postings and n_companies.
_SAMPLE = {
    "rpt_salary_grid": ("n_with_pay", "n_companies"),
    "rpt_seniority_salary": ("n_with_pay", "n_companies"),
    "rpt_skill_salary_premium": ("n_with", "n_companies_with"),
    "rpt_specialisation_salary": ("n_with", "n_companies_with"),
    "rpt_attribute_salary_premium": ("n_with", "n_companies_with"),
}
_ANSWERED = [*_ATTRIBUTE, ("intervals_hold", "share_of_known_high = null", _NO_INTERVAL)]
_KNOWN_SHARE_WRONG = (
    "whose expected_known_share is not between 0 and 1, or is set although the week is final or a stock"
)
# Report → further cases.
_OWN: dict[str, list[tuple[str, str, str]]] = {
    "rpt_workplace_weekly": _ANSWERED,
    "rpt_degree_and_experience": _ANSWERED,
    "rpt_pay_transparency_weekly": _ATTRIBUTE,
    "rpt_theme_demand_weekly": [
        *_ATTRIBUTE,
        ("intervals_hold", "change_4w_low = 0.02", _NO_INTERVAL),
        ("flags_hold", "is_significant_13w = null", _FLAG),
        ("flags_hold", "change_4w_q_value = 0.01", _FLAG),
        ("flags_hold", "change_4w_q_value = null, is_significant_4w = null", _FLAG),
        ("flags_hold", "change_13w_selected_low = null", _FLAG),
        ("flags_hold", "change_13w_selected_low = -0.001", _FLAG),
        ("flags_hold", "change_13w_selected_high = 0.029", _FLAG),
        ("flags_hold", "change_4w_selected_low = -0.02, change_4w_selected_high = 0.04", _FLAG),
    ],
    "rpt_certification_demand": _ATTRIBUTE,
    "rpt_sector_demand": _ANSWERED,
    "rpt_agency_share_weekly": _ATTRIBUTE,
    "rpt_role_demand_weekly": [
        ("intervals_hold", "matched_index_low = null", _NO_INTERVAL),
        ("intervals_hold", "quarter_change = 0.06", _NO_INTERVAL),
        ("intervals_hold", "matched_index_13w_high = 103", _NO_INTERVAL),
        ("indexes_hold", "demand_index = -1", "with a negative index"),
        ("intervals_hold", "change_52w = 0.1", _NO_INTERVAL),
        ("intervals_hold", "quarter_change_52w_low = 0.04", _NO_INTERVAL),
        ("known_share_holds", "status = 'final', expected_known_share = 0.9", _KNOWN_SHARE_WRONG),
        (
            "known_share_holds",
            "status = 'provisional', measure = 'flow', expected_known_share = 1.1",
            _KNOWN_SHARE_WRONG,
        ),
    ],
    "rpt_skill_pairs": [
        ("intervals_hold", "lift_high = 1", _NO_INTERVAL),
        ("flags_hold", "is_significant = true, q_value = 0.01", _FLAG_OF_LIFT),
        ("flags_hold", "lift_selected_low = 0.8, lift_selected_high = 1.3", _FLAG_OF_LIFT),
        (
            "flags_hold",
            "is_significant = true, q_value = 0.01, lift_selected_low = 0.8, lift_selected_high = 1.3",
            _FLAG_OF_LIFT,
        ),
        (
            "pair_is_enough",
            "n_expected_with_both = 29.9",
            "that are shown although fewer than 30 postings with both skills are expected",
        ),
    ],
    "rpt_employers": [],
    "rpt_time_to_close": [
        ("intervals_hold", "share_open_30_low = 0.31", _NO_INTERVAL),
    ],
    "rpt_time_to_close_quarterly": [
        ("intervals_hold", "share_open_30_low = 0.31", _NO_INTERVAL),
        ("intervals_hold", "pace_change_quarter_low = 0.3", _NO_INTERVAL),
        ("intervals_hold", "pace_change_year_high = null", _NO_INTERVAL),
    ],
    "rpt_vintages": [],
    "rpt_salary_grid": [
        ("names_known", "experience_band = 'wizard'", "of an unknown family, country, measure or status"),
        ("names_known", "company_size_band = 'huge'", "of an unknown family, country, measure or status"),
        ("shares_hold", "share_size_from_text = -1", "with a share that is not between 0 and 1"),
        ("intervals_hold", "median_high = 59000", _NO_INTERVAL),
        ("intervals_hold", "region_premium_low = null", _NO_INTERVAL),
        (
            "median_plausible",
            "salary_median_usd_annual = 60",
            "whose median is under 5 thousand or over 3 million USD a year",
        ),
    ],
    "rpt_seniority_salary": [
        ("names_known", "seniority = 'wizard'", "of an unknown family, country, measure or status"),
        ("intervals_hold", "median_high = 59000", _NO_INTERVAL),
        (
            "median_plausible",
            "salary_median_usd_annual = 60",
            "whose median is under 5 thousand or over 3 million USD a year",
        ),
    ],
    "rpt_skill_salary_premium": _EFFECT,
    "rpt_specialisation_salary": _EFFECT,
    "rpt_attribute_salary_premium": [
        *_EFFECT,
        ("names_known", "attribute_value = 'diploma'", "of an unknown family, country, measure or status"),
        ("names_known", "compared_with = 'phd'", "of an unknown family, country, measure or status"),
    ],
    "rpt_published_claims": [
        ("names_known", "verdict = 'maybe'", "of an unknown family, country, measure or status"),
        ("intervals_hold", "observed_high = 59000", _NO_INTERVAL),
    ],
    "rpt_discovery_delay": [
        ("intervals_hold", "in_time_low = null", _NO_INTERVAL),
    ],
}
_WITHOUT_STATUS: dict[str, list[tuple[str, str, str]]] = {
    "rpt_extraction_quality": [
        ("shares_hold", "f1 = 1.1", "with a share that is not between 0 and 1"),
        ("intervals_hold", "recall_low = 0.96", _NO_INTERVAL),
    ],
    "rpt_extraction_by_language": [
        ("shares_hold", "f1 = 1.1", "with a share that is not between 0 and 1"),
        ("intervals_hold", "recall_low = 0.96", _NO_INTERVAL),
    ],
    "rpt_skill_emerging": [
        ("names_known", "status = 'fine'", "of an unknown family, country, measure or status"),
        ("shares_hold", "recent_share = 1.1, recent_high = 1.1", "with a share that is not between 0 and 1"),
        ("intervals_hold", "earlier_high = null", _NO_INTERVAL),
        ("flags_hold", "change_q_value = 0.05", "whose flag does not match the change and its q-value"),
        ("enough_companies", "n_companies = 4", "listed by fewer than 5 employers"),
        ("no_contact", "term = 'jane@mail.example.org'", "that are a mail address or a phone number"),
    ],
}


def _unit(table: str) -> str:
    return "terms" if table == "rpt_skill_emerging" else "rows"


def critical() -> Iterator[tuple[str, str, str, str]]:
    """Yield table, check, planted rows and line, as in test_critical_checks."""
    for table, own in (_OWN | _WITHOUT_STATUS).items():
        for key, change, message in ([] if table in _WITHOUT_STATUS else _COMMON) + own:
            sample = dict(
                zip(("postings", "companies"), _SAMPLE.get(table, ("n_postings", "n_companies")), strict=True)
            )
            planted = f"update marts.{table} set {change.format(**sample)}"
            yield f"marts.{table}", key, planted, f"1 of 1 {_unit(table)} {message}"


def warnings() -> Iterator[tuple[str, str, str]]:
    """Yield table, check and planted rows, as in test_warning_checks."""
    for table in _OWN:
        yield f"marts.{table}", "something_shown", f"update marts.{table} set status = 'coverage_break'"
    may_be_empty = {"rpt_pay_transparency_weekly", "rpt_certification_demand", "rpt_skill_pairs", "rpt_skill_emerging"}
    for table in sorted(ROWS.keys() - may_be_empty):
        yield f"marts.{table}", "not_empty", f"delete from marts.{table}"
    delay, quality = "marts.rpt_discovery_delay", "marts.rpt_extraction_by_language"
    yield delay, "found_in_time", f"update {delay} set in_time_share = 0.85, in_time_low = 0.8"
    vintages = "marts.rpt_vintages"
    yield vintages, "little_restated", f"update {vintages} set late_data_effect = 0.1, change = 0.11"
    pairs = "marts.rpt_skill_pairs"
    yield (
        pairs,
        "lift_shown",
        f"update {pairs} set lift = null, lift_low = null, lift_high = null, q_value = null, is_significant = null",
    )
    grid = "marts.rpt_salary_grid"
    yield grid, "region_premium_plausible", f"update {grid} set region_premium = 0.9, region_premium_high = 1"
    for premiums in (
        f"marts.rpt_{of}" for of in ("skill_salary_premium", "specialisation_salary", "attribute_salary_premium")
    ):
        yield (
            premiums,
            "flagged_premium_plausible",
            f"update {premiums} set premium = 0.9, premium_high = 1, premium_selected_high = 1",
        )
    yield quality, "fields_read_well", f"update {quality} set f1 = 0.69"


def statements() -> str:
    """Return SQL that creates the reports in schema marts, with the columns of their contracts and one row each."""
    parts = []
    for table, row in ROWS.items():
        (model,) = yaml.safe_load((MODELS / f"{table}.yml").read_text(encoding="utf-8"))["models"]
        columns = {column["name"]: column["data_type"] for column in model["columns"]}
        chosen = {name: value for name, value in row.items() if name in columns}
        typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        parts.append(f"create table marts.{table} ({typed})")
        named = ", ".join(f'{value} as "{name}"' for name, value in chosen.items())
        parts.append(f"insert into marts.{table} by name select {named}")
    return ";\n".join(parts)
