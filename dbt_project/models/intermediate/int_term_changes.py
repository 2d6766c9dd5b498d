"""Which terms more employers took up than dropped, tested by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.statistics.paired_counts import rise_q_values


def model(dbt, session):
    """Test each term, corrected for the number of terms.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table with one row per term whose employers are known in both periods.
    """
    max_false = float(dbt.config.meta_get("max_false_changes"))
    moves = dbt.ref("int_term_moves").filter("n_companies_earlier > 0").order("term_key").to_arrow_table()
    only = [moves[name].to_numpy() for name in ("n_only_recent", "n_only_earlier")]
    q_value = pa.array(rise_q_values(*only, max_false), from_pandas=True)
    return pa.table({"term_key": moves["term_key"], "q_value": q_value})
