-- Which skills did a posting name when a week counted it? fct_posting_skills has only the skills of its last content.
-- One row per (posting_key, version_no, skill_id).
create view version_skills as
from fct_posting_skills
union all by name
from fct_earlier_version_skills;
