"""One key for all spellings of an employer's name: case, punctuation, legal forms, and the aliases of the seed."""

import pyarrow as pa

from jobmarket.duplicates.employers import employer_key, names_nobody
from jobmarket.warehouse.naming import name_relation

NAMES = """
    select distinct name from (
        select company_name as name from postings
        union all select company_name from crawl_runs
        union all select company_name from companies
        union all select company_slug from crawl_runs
        union all select coalesce(company_name, company_slug) from backfill_postings
        union all select company_name from agencies)
    where name is not null
    order by name
"""


def model(dbt, session):
    """Give each name its key.

    Args:
        dbt: References to other models.
        session: Connection to the warehouse.

    Returns:
        A table of the names and their keys, one row per name.
    """
    sources = {
        "postings": dbt.ref("stg_postings"),
        "crawl_runs": dbt.ref("stg_crawl_runs"),
        "companies": dbt.ref("stg_companies"),
        "backfill_postings": dbt.ref("stg_backfill_postings"),
        "agencies": dbt.ref("agencies"),
    }
    for name, relation in sources.items():
        name_relation(session, relation, name)
    aliases = dbt.ref("company_aliases").to_arrow_table().to_pylist()
    key_of_alias = {employer_key(row["alias"]): employer_key(row["company"]) for row in aliases}

    def key_of(name):
        key = employer_key(name)
        return key_of_alias.get(key, None if names_nobody(name) else key)

    names = session.sql(NAMES).to_arrow_table()["name"].to_pylist()
    return pa.table({"name": pa.array(names, pa.string()), "company_key": pa.array(map(key_of, names), pa.string())})
