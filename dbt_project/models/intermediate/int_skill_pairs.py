"""Lift of each pair of skills with its interval; the estimator is jobmarket.statistics'."""

import numpy as np
import pandas as pd

from jobmarket.statistics.pairs import associations


def model(dbt, session):
    """Estimate the pairs, family by family: the skills compared in one are what a q-value corrects for.

    Args:
        dbt: References to other models, and this one's configuration.
        session: The warehouse's connection.

    Returns:
        Rows, one per family and pair.
    """
    dbt.config(materialized="table")
    min_postings = int(dbt.config.meta_get("min_postings"))
    min_companies = int(dbt.config.meta_get("min_companies"))
    max_share = float(dbt.config.meta_get("max_company_share"))
    counts = dbt.ref("int_skill_pair_counts").order("role_family, skill_id, other_skill_id").df()
    keys = counts[["week_start", "role_family", "skill_id", "other_skill_id"]]
    numbers = counts.drop(columns=keys.columns)
    estimates = pd.DataFrame(np.nan, counts.index, ["lift", "lift_low", "lift_high", "p_value", "q_value"])
    for rows in counts.groupby("role_family").groups.values():
        sums = {name: numbers.loc[rows, name].to_numpy() for name in numbers.columns}
        is_compared = (
            (sums["n_both"] >= min_postings)
            & (sums["n_companies_both"] >= min_companies)
            & (sums["n_both_of_largest"] <= max_share * sums["n_both"])
            & (sums["n_of_largest"] <= max_share * sums["n_postings"])
        )
        found = associations(sums, is_compared)
        estimates.loc[rows] = np.column_stack([found.lift, found.low, found.high, found.p_value, found.q_value])
    return pd.concat([keys, estimates], axis=1)
