-- Which employers drive the change of a skill's share, and does it hold without the largest contributor?
-- employers_behind_change('rag'), employers_behind_change('rag', weeks := 4), optionally with country or role_family,
-- for the stock of the last finished week. Compares plain shares of the employers with openings in both weeks:
-- change_of_compared, change_without one employer, and their difference, contribution. The published change stands
-- beside them with its interval. It differs because it is chained over several comparisons and includes employers
-- known to the crawls that had no openings in one of the weeks. No rows: no change of the skill is published for this
-- cell and week (see skill_trend), or too few employers can be compared. change_without is null where too few are
-- left. One row per company_key.
create macro employers_behind_change(skill, weeks := 13, country := 'all', role_family := 'all') as table
with chosen (skill_id, country, role_family, horizon) as (
    select
        (from skill_named(skill)),
        (from country_named(country)),
        if(
            'all' in (lower(country), lower(role_family)),
            (from role_named(role_family)),
            error('Employers are counted by role_family or by country, not by both together: leave one of them out.')
        ),
        if(weeks in (4, 13), weeks, error(concat('Changes are published over 4 or 13 weeks, not over ', weeks, '.')))
),
-- the floors of every table of this vintage
floors as (
    select
        cast(any_value(facts.value) filter (facts.key = 'min_postings') as integer) as min_postings,
        cast(any_value(facts.value) filter (facts.key = 'min_companies') as integer) as min_companies,
        cast(any_value(facts.value) filter (facts.key = 'max_company_share') as double) as max_company_share
    from about as facts
),
published as (
    select
        if(chosen.horizon = 4, demand.change_4w, demand.change_13w) as change,
        if(chosen.horizon = 4, demand.change_4w_low, demand.change_13w_low) as change_low,
        if(chosen.horizon = 4, demand.change_4w_high, demand.change_13w_high) as change_high,
        if(chosen.horizon = 4, demand.is_significant_4w, demand.is_significant_13w) as is_significant,
        demand.status, demand.coverage_ratio
    from rpt_skill_demand_weekly as demand
    inner join current_week as now on demand.week_start = now.week_start
    inner join chosen on demand.skill_id = chosen.skill_id and demand.country = chosen.country
        and demand.role_family = chosen.role_family
    where demand.measure = 'stock' and demand.seniority = 'all' and demand.workplace = 'all'
),
counted as (
    select
        counts.company_key, counts.skill_id is null as is_whole, counts.n_now as n_after,
        if(chosen.horizon = 4, counts.n_4w_before, counts.n_13w_before) as n_before
    from employer_skill_counts as counts
    inner join chosen on counts.country = chosen.country and counts.role_family = chosen.role_family
        and (counts.skill_id is null or counts.skill_id = chosen.skill_id)
),
compared as (
    select
        counted.company_key,
        sum(counted.n_before) filter (counted.is_whole) as n_before,
        sum(counted.n_after) filter (counted.is_whole) as n_after,
        coalesce(sum(counted.n_before) filter (not counted.is_whole), 0) as n_with_before,
        coalesce(sum(counted.n_after) filter (not counted.is_whole), 0) as n_with_after
    from counted
    group by counted.company_key
    having min(if(counted.is_whole, least(counted.n_before, counted.n_after), null)) > 0
),
together as (
    select
        count(*) as n_companies, sum(compared.n_before) as n_before, sum(compared.n_after) as n_after,
        sum(compared.n_with_before) as n_with_before, sum(compared.n_with_after) as n_with_after,
        max(compared.n_before, 2) as largest_before, max(compared.n_after, 2) as largest_after
    from compared
),
-- what is left without each employer
others as (
    select
        compared.*, together.n_companies - 1 as n_others,
        together.n_before - compared.n_before as n_others_before, together.n_after - compared.n_after as n_others_after,
        together.n_with_before - compared.n_with_before as n_others_with_before,
        together.n_with_after - compared.n_with_after as n_others_with_after,
        -- the largest of the others: the second largest of all if this employer is the largest
        together.largest_before[if(compared.n_before = together.largest_before[1], 2, 1)] as most_before,
        together.largest_after[if(compared.n_after = together.largest_after[1], 2, 1)] as most_after,
        together.n_with_after / together.n_after - together.n_with_before / together.n_before as change_of_compared
    from compared
    cross join together
    cross join floors
    where least(together.n_before, together.n_after) >= floors.min_postings
        and together.n_companies >= floors.min_companies
        and together.largest_before[1] <= floors.max_company_share * together.n_before
        and together.largest_after[1] <= floors.max_company_share * together.n_after
),
without_each as (
    select
        others.*,
        case
            when least(others.n_others_before, others.n_others_after) >= floors.min_postings
                and others.n_others >= floors.min_companies
                and others.most_before <= floors.max_company_share * others.n_others_before
                and others.most_after <= floors.max_company_share * others.n_others_after
                then others.n_others_with_after / others.n_others_after
                    - others.n_others_with_before / others.n_others_before
        end as change_without
    from others
    cross join floors
)
select
    companies.company_name, cast(without_each.n_with_before as integer) as n_with_before,
    cast(without_each.n_before as integer) as n_before, cast(without_each.n_with_after as integer) as n_with_after,
    cast(without_each.n_after as integer) as n_after,
    without_each.change_of_compared - without_each.change_without as contribution, without_each.change_without,
    without_each.change_of_compared, published.change, published.change_low, published.change_high,
    published.is_significant, published.status, published.coverage_ratio, without_each.company_key
from without_each
inner join published on published.change is not null
inner join dim_companies as companies on without_each.company_key = companies.company_key
order by abs(contribution) desc nulls last, without_each.company_key;
