-- Which skills are in demand now? Each skill's share of the open postings of the last finished week, with its
-- interval, for every role family and country. One row per (role_family, country, skill_id).
create view what_is_asked_for_now as
select
    week_start, role_family, country, skill_id, skill_name, category, share, share_low, share_high, required_share,
    n_with_skill, n_postings, n_companies, status, coverage_ratio, break_reason
from rpt_skill_demand_weekly
where measure = 'stock' and status != 'suppressed' and seniority = 'all' and workplace = 'all'
    and week_start = (select week_start from current_week)
order by role_family asc, country asc, share desc;
