-- Which week is the current one? The last week that was over as of this vintage; while none is over, the last one
-- begun. Views named ..._now describe it. One row per week_start.
create view current_week as
select week_start, week_last_day, iso_week, is_over, is_provisional, final_at
from dim_weeks
where is_current;
