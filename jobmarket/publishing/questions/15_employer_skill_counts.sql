-- How many of each employer's open postings ask for each skill in the last finished week, and how many did four and
-- thirteen weeks before? Counts the postings with a text in the stock of these weeks, with their content at the end of
-- each week. Computed once for employers_behind_change. One row per (role_family, country, skill_id, company_key).
create table employer_skill_counts as
with compared as (
    select known.week_start, date_diff('week', known.week_start, now.week_start) as weeks_before
    from dim_weeks as known
    cross join current_week as now
    where date_diff('week', known.week_start, now.week_start) in (0, 4, 13)
),
counted as (
    select
        compared.weeks_before, present.company_key, present.posting_key, present.version_no, versions.role_family,
        versions.countries
    from fct_posting_weeks as present
    inner join compared on present.week_start = compared.week_start
    inner join posting_versions as versions
        on present.posting_key = versions.posting_key and present.version_no = versions.version_no
    where present.measure = 'stock' and present.is_canonical and versions.has_description
),
asking as (
    select counted.* exclude (posting_key, version_no), null::varchar as skill_id from counted
    union all
    select counted.* exclude (posting_key, version_no), named.skill_id
    from counted
    inner join version_skills as named
        on counted.posting_key = named.posting_key and counted.version_no = named.version_no
    where named.level != 'context'
),
-- group everything but the weeks first, so that few rows are multiplied by their cells
alike as (
    select
        asking.company_key, asking.role_family, asking.countries, asking.skill_id,
        count(*) filter (asking.weeks_before = 0) as n_now,
        count(*) filter (asking.weeks_before = 4) as n_4w_before,
        count(*) filter (asking.weeks_before = 13) as n_13w_before
    from asking
    group by all
),
by_cell as (
    select
        alike.* exclude (role_family, countries),
        unnest(list_concat(
            [{ 'family': 'all', 'place': 'all' }, { 'family': alike.role_family, 'place': 'all' }],
            list_transform(alike.countries, lambda known: { 'family': 'all', 'place': known })
        )) as cell
    from alike
)
select
    by_cell.cell.family as role_family, -- A family of the market in all countries, or `all` of them.
    by_cell.cell.place as country, -- A country with all families, or `all`; an opening in two countries counts in each.
    by_cell.skill_id, -- The skill; null for all of the employer's openings.
    by_cell.company_key,
    sum(by_cell.n_now)::integer as n_now, -- Open in the last finished week.
    sum(by_cell.n_4w_before)::integer as n_4w_before, -- Open four weeks before it.
    sum(by_cell.n_13w_before)::integer as n_13w_before -- Open thirteen weeks before it.
from by_cell
group by by_cell.cell, by_cell.skill_id, by_cell.company_key
order by role_family, country, skill_id nulls first, company_key;
