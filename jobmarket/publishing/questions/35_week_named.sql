-- Which week of these figures is meant? week_named('2026-08-12'), by any of its days; one that is not here is an error,
-- for no rows would read as no demand. One row per week_start.
create macro week_named(stated) as table
select coalesce(
    min(weeks.week_start) filter (where weeks.week_start = date_trunc('week', stated::date)::date),
    error(concat(
        'There is no week of ', stated, ' in these figures: they reach from that of ', min(weeks.week_start), ' to that of ',
        max(weeks.week_start), '.'
    ))
) as week_start
from dim_weeks as weeks;
