"""Lift of each pair of skills with its interval, estimated by jobmarket.statistics."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from jobmarket.statistics.pairs import OpeningSkills, associations

# Companies are numbered in a fixed order, because floating-point sums depend on it.
_COLUMNS = "role_family, (dense_rank() over (order by company_key) - 1)::integer as company, skill_ids"


def model(dbt, session):
    """Estimate the pairs family by family, because q-values are corrected for the pairs compared in a family.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A data frame with one row per role family and pair.
    """
    dbt.config(materialized="table")
    min_postings = int(dbt.config.meta_get("min_postings"))
    min_companies = int(dbt.config.meta_get("min_companies"))
    max_share = float(dbt.config.meta_get("max_company_share"))
    max_false = float(dbt.config.meta_get("max_false_changes"))
    openings = dbt.ref("int_skill_openings").project(_COLUMNS).to_arrow_table().combine_chunks()
    families, company = (openings[name].to_numpy() for name in ("role_family", "company"))
    asks, skills = _asks(openings["skill_ids"].combine_chunks())
    column = {skill_id: number for number, skill_id in enumerate(skills)}
    counts = dbt.ref("int_skill_pair_counts").order("role_family, skill_id, other_skill_id").df()
    is_compared = (
        (counts.n_expected >= min_postings)
        & (counts.n_companies_both >= min_companies)
        & (counts.n_both_of_largest <= max_share * counts.n_both)
        & (counts.n_of_largest <= max_share * counts.n_postings)
    )
    columns = ["lift", "lift_low", "lift_high", "q_value", "lift_selected_low", "lift_selected_high"]
    estimates = pd.DataFrame(np.nan, counts.index, columns)
    for role_family, pairs in counts[is_compared].groupby("role_family"):
        rows = np.flatnonzero((families == role_family) | (role_family == "all"))
        counted = OpeningSkills(_numbered(company[rows]), _numbered(families[rows]), asks[rows])
        first, second = (pairs[name].map(column).to_numpy() for name in ("skill_id", "other_skill_id"))
        found = associations(counted, first, second, max_false)
        estimates.loc[pairs.index] = np.column_stack(
            [found.lift, found.low, found.high, found.q_value, found.selected_low, found.selected_high]
        )
    return pd.concat([counts[["role_family", "skill_id", "other_skill_id"]], estimates], axis=1)


def _asks(lists):
    """Return (openings, skills) of 0 and 1, and the skills, from an Arrow array of lists of skills."""
    named = lists.flatten().dictionary_encode()
    skills, ends = named.dictionary.to_pylist(), np.append(0, np.cumsum(lists.value_lengths().to_numpy()))
    columns = named.indices.to_numpy()
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(lists), len(skills))), skills


def _numbered(values):
    return np.unique(values, return_inverse=True)[1]
