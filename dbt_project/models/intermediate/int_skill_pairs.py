"""Lift of each pair of skills with its interval, estimated by jobmarket.statistics."""

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from jobmarket.statistics.pairs import Openings, associations


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
    openings = dbt.ref("int_skill_openings").order("company_key, posting_key").df()
    skills = sorted({skill_id for skill_ids in openings.skill_ids for skill_id in skill_ids})
    column = {skill_id: number for number, skill_id in enumerate(skills)}
    counts = dbt.ref("int_skill_pair_counts").order("role_family, skill_id, other_skill_id").df()
    is_compared = (
        (counts.n_expected >= min_postings)
        & (counts.n_companies_both >= min_companies)
        & (counts.n_both_of_largest <= max_share * counts.n_both)
        & (counts.n_of_largest <= max_share * counts.n_postings)
    )
    estimates = pd.DataFrame(np.nan, counts.index, ["lift", "lift_low", "lift_high", "p_value", "q_value"])
    for role_family, pairs in counts[is_compared].groupby("role_family"):
        counted = openings if role_family == "all" else openings[openings.role_family == role_family]
        first, second = (pairs[name].map(column).to_numpy() for name in ("skill_id", "other_skill_id"))
        result = associations(_numbered(counted, column), first, second)
        estimates.loc[pairs.index] = np.column_stack(
            [result.lift, result.low, result.high, result.p_value, result.q_value]
        )
    return pd.concat([counts[["week_start", "role_family", "skill_id", "other_skill_id"]], estimates], axis=1)


def _numbered(openings, column):
    """Return the openings in the estimator's form, with skills as numbered columns."""
    columns = [column[skill_id] for skill_ids in openings.skill_ids for skill_id in skill_ids]
    rows = np.repeat(np.arange(len(openings)), openings.skill_ids.map(len))
    return Openings(
        company=pd.factorize(openings.company_key)[0],
        family=pd.factorize(openings.role_family)[0],
        asks=csc_array((np.ones(len(rows)), (rows, columns)), shape=(len(openings), len(column))),
    )
