-- How much of the market asks for anything of a theme, and how does that move? theme_trend('mlops'), theme_trend('Computer vision',
-- 'US'), theme_trend('ai_agents', role_family := 'ml_engineer', measure := 'flow'). An opening counts once, however many of the
-- theme's skills (dim_skills.themes) it asks for; dim_themes says what is of a theme. A theme that is not here is an error that names those that are. No rows:
-- nobody of the kind asked about asks for any of them in any week. One row per week_start.
create macro theme_trend(theme, country := 'all', role_family := 'all', measure := 'stock') as table
with asked (theme, country, role_family, measure) as (
    select
        (from theme_named(theme)),
        (from country_named(country)),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock']))
)
select
    shares.week_start, weeks.is_over, shares.theme, shares.share, shares.share_low, shares.share_high, shares.matched_share,
    shares.matched_low, shares.matched_high, shares.change_13w, shares.change_13w_low, shares.change_13w_high,
    shares.n_with, shares.n_postings, shares.n_companies, shares.status, shares.coverage_ratio, shares.break_reason
from rpt_theme_demand_weekly as shares
join asked on shares.theme = asked.theme and shares.country = asked.country and shares.role_family = asked.role_family
    and shares.measure = asked.measure
join dim_weeks as weeks on weeks.week_start = shares.week_start
order by shares.week_start;
