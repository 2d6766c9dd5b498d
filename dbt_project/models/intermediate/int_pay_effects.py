"""Pay differences that go with skills, specialisations, regions and attributes, estimated by jobmarket.statistics."""

import pyarrow as pa

from jobmarket.settings import Settings
from jobmarket.statistics.effect_tables import SCHEMA, Marks, pay_effects
from jobmarket.statistics.panel import Floors
from jobmarket.warehouse.naming import name_relation

# A skill in company boilerplate (level context) is not asked for.
_SKILLS = """
    select posting_key, skill_id as mark from skills
    semi join openings using (posting_key, version_no) where level != 'context'
"""
_SPECIALISATIONS = """
    select posting_key, unnest(specialisations) as mark from contents
    semi join openings using (posting_key, version_no)
"""


def model(dbt, session):
    """Estimate every effect for which enough openings and employers state pay.

    Args:
        dbt: References to other models and this model's configuration.
        session: Connection to the warehouse.

    Returns:
        A table of SCHEMA with one row per cell and attribute.
    """
    dbt.config(materialized="table")
    name_relation(session, dbt.ref("int_version_skills"), "skills")
    name_relation(session, dbt.ref("int_posting_contents"), "contents")
    paid = dbt.ref("int_recent_openings").filter("usd_annual > 0")
    name_relation(session, paid, "openings")
    marks = Marks(skill=session.sql(_SKILLS), specialisation=session.sql(_SPECIALISATIONS))
    floors = Floors(
        postings=int(dbt.config.meta_get("min_postings")),
        companies=int(dbt.config.meta_get("min_companies")),
        company_share=float(dbt.config.meta_get("max_company_share")),
    )
    max_false = float(dbt.config.meta_get("max_false_changes"))
    return pa.Table.from_batches(list(pay_effects(paid, marks, floors, max_false, Settings().threads)), SCHEMA)
