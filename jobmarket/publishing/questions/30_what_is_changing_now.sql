-- For which skills is demand changing? The change of each skill's matched share over four and thirteen weeks, up to
-- the last finished week, with its interval, for every role family and country: significant changes first, then the
-- largest. A change is significant only after correction for all skills of its role family and country. The bounds
-- with selected in their name, which only significant changes have, allow for being chosen by that: state these where
-- only significant changes are shown. One row per (role_family, country, skill_id).
create view what_is_changing_now as
select
    week_start, role_family, country, skill_id, skill_name, category, share, share_low, share_high, change_4w,
    change_4w_low, change_4w_high, is_significant_4w, change_4w_selected_low, change_4w_selected_high, change_13w,
    change_13w_low, change_13w_high, change_13w_q_value, is_significant_13w, change_13w_selected_low,
    change_13w_selected_high, n_with_skill, n_postings, n_companies, status, coverage_ratio, break_reason
from rpt_skill_demand_weekly
where measure = 'stock' and status != 'suppressed' and seniority = 'all' and workplace = 'all'
    and coalesce(change_13w, change_4w) is not null
    and week_start = (select week_start from current_week)
order by role_family asc, country asc, coalesce(is_significant_13w, false) desc, abs(change_13w) desc nulls last;
