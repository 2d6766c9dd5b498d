-- What pay did a posting state when a week counted it? fct_posting_salaries has only the pay of its last content. One
-- row per (posting_key, version_no, salary_no).
create view version_salaries as
from fct_posting_salaries
union all by name
from fct_earlier_version_salaries;
