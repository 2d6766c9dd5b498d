-- Which cell of these figures is it? cell_named('2026-W33', 'US', 'ml_engineer', 'stock', 'senior', 'remote'), each as
-- in skill_trend. A value outside of these figures is an error that lists the known ones. One row per (week_start,
-- country, role_family, measure, seniority, workplace).
create macro cell_named(week, country, role_family, measure, seniority, workplace) as table
select
    (from week_named(week)) as week_start,
    (from country_named(country)) as country,
    (from role_named(role_family)) as role_family,
    (from value_named('measure', measure, ['flow', 'stock'])) as measure,
    (
        from value_named(
            'seniority', seniority, (select list(distinct known.seniority) from rpt_salary_trend_weekly as known)
        )
    ) as seniority,
    (
        from value_named(
            'workplace', workplace, (select list(distinct known.workplace) from rpt_skill_demand_weekly as known)
        )
    ) as workplace;
