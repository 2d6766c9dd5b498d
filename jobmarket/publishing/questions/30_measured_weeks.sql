-- For which weeks can openings be counted? The stock can be for every week; the flow, once the week is over, for the
-- weeks since the first crawls. unknown_reason is null where openings can be counted: whether a cell has enough of
-- them is another question. One row per (week_start, measure).
create view measured_weeks as
with measures as (
    select unnest(['flow', 'stock']) as measure
),
flow as (
    select min(pay.week_start) as known_since
    from rpt_salary_trend_weekly as pay
    where pay.measure = 'flow'
)
select
    weeks.week_start, weeks.is_over, measures.measure,
    case
        when measures.measure = 'stock' then null
        when weeks.week_start < coalesce(flow.known_since, 'infinity')
            then 'the flow is not known: no employer was crawled before the week'
        when not weeks.is_over then 'the week is not over: no posting counts as new yet'
    end as unknown_reason -- Why the openings of the week cannot be counted; null if they can.
from dim_weeks as weeks
cross join measures
cross join flow
order by weeks.week_start, measures.measure;
