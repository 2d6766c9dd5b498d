"""An error of dbt is shortened to the file, the model and what is wrong with it."""

from __future__ import annotations

import pytest

from jobmarket.dbt_message import in_short

CONTRACT = (
    "Compilation Error in model dim_skills (models/marts/dim_skills.sql) This model has an enforced contract that "
    "failed. Please ensure the name, data_type, and number of columns in your contract match the columns in your "
    "model's definition. | column_name | definition_type | contract_type | mismatch_reason | | ----------- | "
    "--------------- | ------------- | --------------------- |{rows} > in macro assert_columns_equivalent "
    "(macros/relations/column/columns_spec_ddl.sql) > called by macro create_table_as (macros/adapters.sql) > called "
    "by model dim_skills (models/marts/dim_skills.sql)"
)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (" | category | | VARCHAR | missing in definition |", "category (missing in the query, VARCHAR in the .yml)"),
        (
            " | extra | INTEGER[] | | missing in contract | | pay | DOUBLE | DECIMAL(18, 3) | data type mismatch |",
            "extra (INTEGER[] in the query, missing in the .yml), "
            "pay (DOUBLE in the query, DECIMAL(18, 3) in the .yml)",
        ),
    ],
)
def test_a_broken_contract_names_the_file_the_model_and_the_columns(rows: str, columns: str) -> None:
    assert in_short(CONTRACT.format(rows=rows)) == (
        "Compilation Error in model dim_skills (models/marts/dim_skills.sql) "
        f"Its columns are not those in its .yml: {columns}"
    )


def test_an_error_in_a_macro_names_it_and_not_its_callers() -> None:
    error = "Compilation Error in model dim_skills (models/marts/dim_skills.sql) no x > in macro same (same.sql)"
    callers = " > called by macro normalise (normalise.sql) > called by model dim_skills (models/marts/dim_skills.sql)"
    assert in_short(error + callers) == error


def test_other_messages_stay_as_they_are() -> None:
    error = 'Database Error in model postings (models/postings.sql) Binder Error: Referenced column "x" not found > 1'
    assert in_short(error) == error
