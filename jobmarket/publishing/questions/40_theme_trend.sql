-- How much of the market asks for a theme, and how does that change? theme_trend('mlops'), theme_trend('Computer
-- vision', 'US'), theme_trend('ai_agents', role_family := 'ml_engineer', measure := 'flow'). An opening counts once,
-- however many of the theme's skills (dim_skills.themes) it asks for; dim_themes defines the themes. An unknown theme
-- is an error that lists the known ones. A week with too few such openings has a row with status suppressed and a
-- floor_reason, even where rpt_theme_demand_weekly has none. A week has no row if other themes have figures and none
-- of its openings had asked for this one until then. One row per week_start.
create macro theme_trend(theme, country := 'all', role_family := 'all', measure := 'stock') as table
with chosen (theme, country, role_family, measure) as (
    select
        (from theme_named(theme)),
        (from country_named(country)),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock']))
),
-- all themes of the cell, week by week
of_kind as (
    select trend.*, trend.theme = chosen.theme as is_chosen
    from rpt_theme_demand_weekly as trend
    inner join chosen
        on trend.country = chosen.country and trend.role_family = chosen.role_family and trend.measure = chosen.measure
),
samples as (
    select
        of_kind.week_start, any_value(of_kind.floor_reason) as floor_reason, max(of_kind.n_postings) as n_postings,
        max(of_kind.n_companies) as n_companies, any_value(of_kind.coverage_ratio) as coverage_ratio,
        any_value(of_kind.break_reason) as break_reason
    from of_kind
    group by of_kind.week_start
)
select
    weeks.week_start, weeks.is_over, chosen.theme, shares.share, shares.share_low, shares.share_high,
    shares.matched_share,
    shares.matched_low, shares.matched_high, shares.change_4w, shares.change_4w_low, shares.change_4w_high,
    shares.is_significant_4w, shares.change_13w,
    shares.change_13w_low, shares.change_13w_high, shares.is_significant_13w, shares.n_with, samples.n_postings,
    samples.n_companies, coalesce(shares.status, 'suppressed') as status, samples.coverage_ratio, samples.break_reason,
    case
        when samples.week_start is not null then samples.floor_reason
        else coalesce(weeks.unknown_reason, 'too few postings or companies of the kind')
    end as floor_reason
from measured_weeks as weeks
inner join chosen on weeks.measure = chosen.measure
left join samples on weeks.week_start = samples.week_start
left join of_kind as shares on weeks.week_start = shares.week_start and shares.is_chosen
where shares.week_start is not null or samples.week_start is null or samples.floor_reason is not null
order by weeks.week_start;
