with

cell_samples as (

    select * from {{ ref('int_cell_samples') }}

),

skill_samples as (

    select * from {{ ref('int_skill_samples') }}

),

matched as (

    select * from {{ ref('int_matched_skills') }}

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

{{ cells('cell_samples', also=['seniority', 'workplace']) }},

company_skills as (

    select
        skill_samples.week_start,
        skill_samples.measure,
        skill_samples.role_family,
        skill_samples.country,
        skill_samples.seniority,
        skill_samples.workplace,
        skill_samples.company_key,
        skill_samples.skill_id,
        sum(skill_samples.n_with) as n_with_skill,
        sum(skill_samples.n_required) as n_required,
        sum(skill_samples.n_preferred) as n_preferred
    from skill_samples
    group by all

),

skill_sums as (

    select
        company_skills.week_start,
        company_skills.measure,
        company_skills.role_family,
        company_skills.country,
        company_skills.seniority,
        company_skills.workplace,
        company_skills.skill_id,
        sum(company_skills.n_with_skill) as n_with_skill,
        sum(company_skills.n_required) as n_required,
        sum(company_skills.n_preferred) as n_preferred,
        count(*) as n_companies_with_skill,
        sum(company_skills.n_with_skill * company_skills.n_with_skill) as sum_yy,
        sum(company_skills.n_with_skill * company_cells.n_of_company) as sum_yn
    from company_skills
    inner join company_cells
        on {{ same_cell('company_skills', 'company_cells', also=['seniority', 'workplace', 'company_key']) }}
    group by all

),

-- a skill that nobody asks for this week is a zero of its series, not a gap in it
series as (

    select distinct
        skill_sums.measure,
        skill_sums.role_family,
        skill_sums.country,
        skill_sums.seniority,
        skill_sums.workplace,
        skill_sums.skill_id
    from skill_sums

),

figures as (

    select
        cells.week_start,
        cells.measure,
        cells.role_family,
        cells.country,
        cells.seniority,
        cells.workplace,
        series.skill_id,
        cells.n_postings,
        cells.n_companies,
        cells.sum_nn,
        cells.floor_reason,
        coalesce(skill_sums.n_with_skill, 0) as n_with_skill,
        coalesce(skill_sums.n_required, 0) as n_required,
        coalesce(skill_sums.n_preferred, 0) as n_preferred,
        coalesce(skill_sums.n_companies_with_skill, 0) as n_companies_with_skill,
        coalesce(skill_sums.sum_yy, 0) as sum_yy,
        coalesce(skill_sums.sum_yn, 0) as sum_yn
    from cells
    inner join series on {{ same('cells', 'series', ['measure', 'role_family', 'country', 'seniority', 'workplace']) }}
    left join skill_sums
        on
            {{ same_cell('cells', 'skill_sums', also=['seniority', 'workplace']) }}
            and series.skill_id = skill_sums.skill_id
    -- zeros of a cell that is suppressed would be rows about nothing; so many levels and workplaces are, that they are
    -- left out then altogether
    where
        cells.floor_reason is null
        or (skill_sums.n_with_skill > 0 and cells.seniority = 'all' and cells.workplace = 'all')

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

-- what is below its floor has no matched figures either
shown_matched as (

    select
        {{- cell_columns('matched', ['seniority', 'workplace', 'skill_id']) }}
        matched.matched_share,
        matched.matched_variance,
        matched.matched_since,
        {{ changes_of_weeks_over('matched', [
            'change_4w', 'change_4w_low', 'change_4w_high', 'change_4w_q_value',
            'change_13w', 'change_13w_low', 'change_13w_high', 'change_13w_q_value',
        ]) }}
    from matched
    inner join cells on {{ same_cell('matched', 'cells', also=['seniority', 'workplace']) }}
    inner join weeks on matched.week_start = weeks.week_start
    where cells.floor_reason is null

),

completed as (

    select
        shares.*,
        shares.floor_reason is null as is_shown,
        shown_matched.matched_share,
        shown_matched.matched_variance,
        shown_matched.matched_since,
        shown_matched.change_4w,
        shown_matched.change_4w_low,
        shown_matched.change_4w_high,
        shown_matched.change_4w_q_value,
        shown_matched.change_13w,
        shown_matched.change_13w_low,
        shown_matched.change_13w_high,
        shown_matched.change_13w_q_value,
        -- of the matched share no more than of the plain one: its variance is never below that of so many postings
        {{ capped_effective_n(
            'shares.n_postings', 'shown_matched.matched_share', 'shown_matched.matched_variance'
        ) }} as matched_effective_n
    from shares
    left join shown_matched on {{ same_cell('shares', 'shown_matched', also=['seniority', 'workplace', 'skill_id']) }}

),

final as (

    select
        completed.week_start,
        completed.measure,
        completed.role_family,
        completed.country,
        completed.seniority,
        completed.workplace,
        completed.skill_id,
        skills.skill_name,
        skills.category,
        cast(completed.n_postings as integer) as n_postings,
        cast(completed.n_companies as integer) as n_companies,
        cast(completed.n_with_skill as integer) as n_with_skill,
        cast(completed.n_required as integer) as n_required,
        cast(completed.n_preferred as integer) as n_preferred,
        cast(completed.n_companies_with_skill as integer) as n_companies_with_skill,
        case when completed.is_shown then completed.share end as share,
        case
            when completed.is_shown
                then {{ wilson_bound('completed.share', 'completed.effective_n', 'completed.t_quantile', 'low') }}
        end as share_low,
        case
            when completed.is_shown
                then {{ wilson_bound('completed.share', 'completed.effective_n', 'completed.t_quantile', 'high') }}
        end as share_high,
        case
            when completed.is_shown
                then cast(rank() over (
                    partition by
                        completed.week_start,
                        completed.measure,
                        completed.role_family,
                        completed.country,
                        completed.seniority,
                        completed.workplace
                    order by completed.share desc
                ) as integer)
        end as share_rank,
        case when completed.is_shown then completed.required_share end as required_share,
        completed.matched_share,
        {{ wilson_bound(
            'completed.matched_share', 'completed.matched_effective_n', 'completed.t_quantile', 'low'
        ) }} as matched_low,
        {{ wilson_bound(
            'completed.matched_share', 'completed.matched_effective_n', 'completed.t_quantile', 'high'
        ) }} as matched_high,
        completed.share - completed.matched_share as coverage_effect,
        completed.matched_since,
        completed.change_4w,
        completed.change_4w_low,
        completed.change_4w_high,
        completed.change_4w_q_value,
        completed.change_4w_q_value < {{ var('max_false_changes') }} as is_significant_4w,
        completed.change_13w,
        completed.change_13w_low,
        completed.change_13w_high,
        completed.change_13w_q_value,
        completed.change_13w_q_value < {{ var('max_false_changes') }} as is_significant_13w,
        {{ cell_status(
            'completed.floor_reason',
            'cell_coverage.coverage_ratio',
            'cell_coverage.previous_ratio',
            'weeks.is_provisional',
            'cell_coverage.turnover_share'
        ) }} as status,
        cell_coverage.coverage_ratio,
        completed.floor_reason
    from completed
    inner join weeks on completed.week_start = weeks.week_start
    inner join skills on completed.skill_id = skills.skill_id
    left join cell_coverage
        on {{ same('completed', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
