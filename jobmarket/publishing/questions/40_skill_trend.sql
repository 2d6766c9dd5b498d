-- How does demand for a skill change? skill_trend('pytorch'), skill_trend('pytorch', 'US'), skill_trend('rust',
-- role_family := 'ml_engineer', measure := 'flow'), and by level or workplace: skill_trend('rust', seniority :=
-- 'senior'), skill_trend('rust', workplace := 'remote'). matched_share is the share without the effect of added or
-- lost sources, and the changes are changes of it. Name a skill by id, name or another spelling, and a country by its
-- two letters. Unknown names are errors, and so are combinations that are not tabulated: level with workplace, or
-- either of them with both role family and country (postings_behind lists the postings instead). A week with too few
-- such openings has a row with status suppressed and a floor_reason, even where rpt_skill_demand_weekly has none. A
-- week has no row if other skills have figures and none of its openings had asked for this skill until then. To count
-- openings that ask for anything of a theme, use theme_trend: the theme large_language_models includes more than the
-- skill of that name. One row per week_start.
create macro skill_trend(
    skill, country := 'all', role_family := 'all', measure := 'stock', seniority := 'all', workplace := 'all'
) as table
with chosen (skill_id, country, role_family, measure, seniority, workplace, is_tabulated) as (
    select
        (from skill_named(skill)),
        (from country_named(country)),
        (from role_named(role_family)),
        (from value_named('measure', measure, ['flow', 'stock'])),
        (
            from value_named(
                'seniority', seniority, (select list(distinct known.seniority) from rpt_skill_demand_weekly as known)
            )
        ),
        (
            from value_named(
                'workplace', workplace, (select list(distinct known.workplace) from rpt_skill_demand_weekly as known)
            )
        ),
        case
            when 'all' not in (lower(seniority), lower(workplace))
                then error(
                    'Shares are tabulated by seniority or by workplace, not by both together: leave one of them out.'
                )
            when 'all' not in (lower(country), lower(role_family))
                and (lower(seniority) != 'all' or lower(workplace) != 'all')
                then error(
                    'Shares of a seniority or workplace are tabulated by role_family or by country, '
                    || 'not by both together: leave one of them out. postings_behind lists the postings of any of them.'
                )
            else true
        end
),
-- all skills of the cell, week by week
of_kind as (
    select trend.*, trend.skill_id = chosen.skill_id as is_chosen
    from rpt_skill_demand_weekly as trend
    inner join chosen
        on trend.country = chosen.country and trend.role_family = chosen.role_family and trend.measure = chosen.measure
        and trend.seniority = chosen.seniority and trend.workplace = chosen.workplace and chosen.is_tabulated
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
    weeks.week_start, weeks.is_over, skills.skill_name, demand.share, demand.share_low, demand.share_high,
    demand.matched_share, demand.matched_low, demand.matched_high, demand.change_4w, demand.change_4w_low,
    demand.change_4w_high, demand.is_significant_4w, demand.change_13w, demand.change_13w_low, demand.change_13w_high,
    demand.is_significant_13w, demand.n_with_skill, samples.n_postings, samples.n_companies,
    coalesce(demand.status, 'suppressed') as status, samples.coverage_ratio, samples.break_reason,
    case
        when samples.week_start is not null then samples.floor_reason
        else coalesce(weeks.unknown_reason, 'too few postings or companies of the kind')
    end as floor_reason
from measured_weeks as weeks
inner join chosen on weeks.measure = chosen.measure and chosen.is_tabulated
inner join dim_skills as skills on chosen.skill_id = skills.skill_id
left join samples on weeks.week_start = samples.week_start
left join of_kind as demand on weeks.week_start = demand.week_start and demand.is_chosen
where demand.week_start is not null or samples.week_start is null or samples.floor_reason is not null
order by weeks.week_start;
