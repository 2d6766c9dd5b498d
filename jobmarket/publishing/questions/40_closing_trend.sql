-- Are postings closing faster than before? closing_trend(), closing_trend('DE'), closing_trend('US', role_family :=
-- 'ml_engineer'). Based on the days lived in each calendar quarter; days from posted_at to closed_at, grouped by
-- either date, cannot answer this. Compare quarters by pace_change_quarter and pace_change_year (0.25: a quarter
-- faster); an interval around 0 shows no change, and pace_change_quarter_floor_reason states why there is none. The
-- medians also move with the sources crawled. Where no posting was followed, there is one suppressed row without a
-- quarter, and its floor_reason states why. One row per quarter_start.
create macro closing_trend(country := 'all', role_family := 'all') as table
with chosen (country, role_family) as (
    select (from country_named(country)), (from role_named(role_family))
)
select
    closing.quarter_start, closing.is_over, closing.median_days, closing.median_low, closing.median_high,
    closing.share_open_30_days, closing.share_open_30_low, closing.share_open_30_high, closing.pace_change_quarter,
    closing.pace_change_quarter_low, closing.pace_change_quarter_high, closing.pace_change_year,
    closing.pace_change_year_low, closing.pace_change_year_high, closing.n_postings, closing.n_closed,
    closing.n_companies, coalesce(closing.status, 'suppressed') as status, closing.coverage_ratio,
    if(closing.status is null, 'no posting of the kind was followed', closing.floor_reason) as floor_reason,
    closing.pace_change_quarter_floor_reason, closing.pace_change_year_floor_reason
from chosen
left join rpt_time_to_close_quarterly as closing
    on chosen.country = closing.country and chosen.role_family = closing.role_family
order by closing.quarter_start;
