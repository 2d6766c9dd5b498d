with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

skills as (

    select * from {{ ref('dim_skills') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- who is asked: canonical postings whose text can be read
entries as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_weeks.posting_key,
        posting_weeks.company_key
    from posting_weeks
    inner join postings on posting_weeks.posting_key = postings.posting_key
    where
        posting_weeks.is_canonical
        and postings.has_description

),

company_cells as (

    select
        entries.week_start,
        entries.measure,
        posting_cells.role_family,
        posting_cells.country,
        entries.company_key,
        count(*) as n_of_company
    from entries
    inner join posting_cells on entries.posting_key = posting_cells.posting_key
    group by all

),

cells as (

    select
        company_cells.week_start,
        company_cells.measure,
        company_cells.role_family,
        company_cells.country,
        sum(company_cells.n_of_company) as n_postings,
        count(*) as n_companies,
        max(company_cells.n_of_company) as n_of_largest,
        sum(company_cells.n_of_company * company_cells.n_of_company) as sum_nn
    from company_cells
    group by all

),

judged_cells as (

    select
        cells.*,
        {{ floor_reason('cells.n_postings', 'cells.n_companies', 'cells.n_of_largest') }} as floor_reason
    from cells

),

-- boiler-plate about the company is no demand
demands as (

    select
        posting_skills.posting_key,
        posting_skills.skill_id,
        posting_skills.level
    from posting_skills
    where posting_skills.level != 'context'

),

company_skills as (

    select
        entries.week_start,
        entries.measure,
        posting_cells.role_family,
        posting_cells.country,
        entries.company_key,
        demands.skill_id,
        count(*) as n_with_skill,
        count(*) filter (where demands.level = 'required') as n_required,
        count(*) filter (where demands.level = 'preferred') as n_preferred
    from entries
    inner join posting_cells on entries.posting_key = posting_cells.posting_key
    inner join demands on entries.posting_key = demands.posting_key
    group by all

),

skill_sums as (

    select
        company_skills.week_start,
        company_skills.measure,
        company_skills.role_family,
        company_skills.country,
        company_skills.skill_id,
        sum(company_skills.n_with_skill) as n_with_skill,
        sum(company_skills.n_required) as n_required,
        sum(company_skills.n_preferred) as n_preferred,
        count(*) as n_companies_with_skill,
        sum(company_skills.n_with_skill * company_skills.n_with_skill) as sum_yy,
        sum(company_skills.n_with_skill * company_cells.n_of_company) as sum_yn
    from company_skills
    inner join company_cells
        on
            company_skills.week_start = company_cells.week_start
            and company_skills.measure = company_cells.measure
            and company_skills.role_family = company_cells.role_family
            and company_skills.country = company_cells.country
            and company_skills.company_key = company_cells.company_key
    group by all

),

-- a skill that nobody asks for this week is a zero of its series, not a gap in it
series as (

    select distinct
        skill_sums.measure,
        skill_sums.role_family,
        skill_sums.country,
        skill_sums.skill_id
    from skill_sums

),

figures as (

    select
        judged_cells.week_start,
        judged_cells.measure,
        judged_cells.role_family,
        judged_cells.country,
        series.skill_id,
        judged_cells.n_postings,
        judged_cells.n_companies,
        judged_cells.sum_nn,
        judged_cells.floor_reason,
        coalesce(skill_sums.n_with_skill, 0) as n_with_skill,
        coalesce(skill_sums.n_required, 0) as n_required,
        coalesce(skill_sums.n_preferred, 0) as n_preferred,
        coalesce(skill_sums.n_companies_with_skill, 0) as n_companies_with_skill,
        coalesce(skill_sums.sum_yy, 0) as sum_yy,
        coalesce(skill_sums.sum_yn, 0) as sum_yn
    from judged_cells
    inner join series
        on
            judged_cells.measure = series.measure
            and judged_cells.role_family = series.role_family
            and judged_cells.country = series.country
    left join skill_sums
        on
            judged_cells.week_start = skill_sums.week_start
            and judged_cells.measure = skill_sums.measure
            and judged_cells.role_family = skill_sums.role_family
            and judged_cells.country = skill_sums.country
            and series.skill_id = skill_sums.skill_id
    -- zeros of a cell that is suppressed would be rows about nothing
    where
        judged_cells.floor_reason is null
        or skill_sums.n_with_skill > 0

),

shares as (

    select
        figures.*,
        {{ share('figures.n_with_skill', 'figures.n_postings') }} as share,
        {{ effective_n(
            'figures.n_with_skill',
            'figures.n_postings',
            'figures.n_companies',
            'figures.sum_yy',
            'figures.sum_yn',
            'figures.sum_nn'
        ) }} as effective_n,
        {{ t_quantile('figures.n_companies - 1') }} as t_quantile,
        {{ share('figures.n_required', 'figures.n_postings') }} as required_share
    from figures

),

final as (

    select
        shares.week_start,
        shares.measure,
        shares.role_family,
        shares.country,
        shares.skill_id,
        skills.skill_name,
        skills.category,
        cast(shares.n_postings as integer) as n_postings,
        cast(shares.n_companies as integer) as n_companies,
        cast(shares.n_with_skill as integer) as n_with_skill,
        cast(shares.n_required as integer) as n_required,
        cast(shares.n_preferred as integer) as n_preferred,
        cast(shares.n_companies_with_skill as integer) as n_companies_with_skill,
        case when shares.floor_reason is null then shares.share end as share,
        case
            when shares.floor_reason is null
                then {{ wilson_bound('shares.share', 'shares.effective_n', 'shares.t_quantile', 'low') }}
        end as share_low,
        case
            when shares.floor_reason is null
                then {{ wilson_bound('shares.share', 'shares.effective_n', 'shares.t_quantile', 'high') }}
        end as share_high,
        case when shares.floor_reason is null then shares.required_share end as required_share,
        {{ cell_status(
            'shares.floor_reason',
            'cell_coverage.coverage_ratio',
            'cell_coverage.previous_ratio',
            'weeks.is_provisional',
            'cell_coverage.turnover_share'
        ) }} as status,
        cell_coverage.coverage_ratio,
        shares.floor_reason
    from shares
    inner join weeks on shares.week_start = weeks.week_start
    inner join skills on shares.skill_id = skills.skill_id
    left join cell_coverage
        on
            shares.week_start = cell_coverage.week_start
            and shares.role_family = cell_coverage.role_family
            and shares.country = cell_coverage.country

)

select * from final
