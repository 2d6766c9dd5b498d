-- Which week is now? The last one that was over as of this vintage; while none was, the last begun. Views named for now
-- are about it. One row per week_start.
create view current_week as
select week_start, week_last_day, iso_week, is_over, is_provisional, final_at
from dim_weeks
where is_current;
