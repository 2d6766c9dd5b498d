-- Which week of these figures is it? week_named('2026-W33') by number, week_named('2026-08-12') by any of its days. A
-- week outside of these figures is an error, because an empty result would look like no demand. One row per
-- week_start.
create macro week_named(stated) as table
select coalesce(
    min(weeks.week_start) filter (
        where weeks.iso_week = upper(stated::varchar)
            or weeks.week_start = date_trunc('week', try_cast(stated as date))::date
    ),
    error(concat(
        'There is no week of ', coalesce(any_value(stated)::varchar, 'null'), ' in these figures: they reach from ',
        'that of ', min(weeks.week_start), ' (', min(weeks.iso_week), ') to that of ', max(weeks.week_start), ' (',
        max(weeks.iso_week), ').'
    ))
) as week_start
from dim_weeks as weeks;
