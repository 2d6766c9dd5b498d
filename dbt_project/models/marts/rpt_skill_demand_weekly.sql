{%- set changes = [
    'change_4w', 'change_4w_low', 'change_4w_high', 'change_4w_q_value',
    'change_4w_selected_low', 'change_4w_selected_high',
    'change_13w', 'change_13w_low', 'change_13w_high', 'change_13w_q_value',
    'change_13w_selected_low', 'change_13w_selected_high',
] -%}

with

cell_samples as (

    select * from {{ ref('int_cell_samples') }}

),

skill_series as (

    select * from {{ ref('int_skill_series') }}

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

{{ sampled_cells(also=['seniority', 'workplace']) }},

-- a skill that no posting asks for in a week is a zero in its series, not a gap
figures as (

    select
        cells.cell_no,
        cells.week_start,
        cells.measure,
        cells.role_family,
        cells.country,
        cells.seniority,
        cells.workplace,
        skill_series.skill_id,
        cells.n_postings,
        cells.n_companies,
        cells.sum_nn,
        cells.equal_companies,
        cells.floor_reason,
        skill_series.n_with as n_with_skill,
        skill_series.n_required,
        skill_series.n_preferred,
        skill_series.n_companies_with as n_companies_with_skill,
        skill_series.sum_yy,
        skill_series.sum_yn,
        -- a cell below its floor has no matched figures either
        {% for change in changes %}
            case when cells.floor_reason is null then skill_series.{{ change }} end as {{ change }},
        {% endfor %}
        case when cells.floor_reason is null then skill_series.matched_share end as matched_share,
        case when cells.floor_reason is null then skill_series.matched_variance end as matched_variance,
        case when cells.floor_reason is null then skill_series.matched_since end as matched_since
    from cells
    inner join skill_series on {{ same_cell('cells', 'skill_series', also=['seniority', 'workplace']) }}
    -- zeros of a suppressed cell would be empty rows. Suppressed levels and workplaces are left out altogether, because
    -- there are so many
    where
        cells.floor_reason is null
        or (skill_series.n_with > 0 and cells.seniority = 'all' and cells.workplace = 'all')

),

-- intraclass correlation, pooled over the skills of the cell: a single skill may be at every employer or at none
alike as (

    select
        figures.*,
        {{ similarity(
            'figures.n_with_skill',
            'figures.n_postings',
            'figures.equal_companies',
            'figures.sum_yy',
            'figures.sum_yn',
            'figures.sum_nn',
            over='figures.cell_no'
        ) }} as similarity,
        {{ pooled_matched_n('figures.matched_share', 'figures.matched_variance', over='figures.cell_no') }}
            as pooled_matched_n
    from figures

),

shares as (

    select
        alike.*,
        {{ share('alike.n_with_skill', 'alike.n_postings') }} as share,
        {{ effective_n(
            'alike.n_with_skill',
            'alike.n_postings',
            'alike.equal_companies',
            'alike.sum_yy',
            'alike.sum_yn',
            'alike.sum_nn',
            'alike.similarity'
        ) }} as effective_n,
        {{ interval_t('alike.n_postings', 'alike.sum_nn') }} as t_quantile,
        {{ share('alike.n_required', 'alike.n_postings') }} as required_share
    from alike

),

completed as (

    select
        shares.* exclude ({{ changes | join(', ') }}),
        {{ changes_of_weeks_over('shares', changes) }},
        -- a suppressed row shows no estimate, and no count that gives it when divided by n_postings
        shares.floor_reason is null as is_shown,
        -- at most the week's postings, so that the matched share is never more precise than the plain one
        {{ matched_effective_n(
            'shares.n_postings',
            'shares.sum_nn',
            'shares.matched_share',
            'shares.matched_variance',
            'shares.pooled_matched_n'
        ) }} as matched_effective_n
    from shares
    inner join weeks on shares.week_start = weeks.week_start

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
        cast(case when completed.is_shown then completed.n_with_skill end as integer) as n_with_skill,
        cast(case when completed.is_shown then completed.n_required end as integer) as n_required,
        cast(case when completed.is_shown then completed.n_preferred end as integer) as n_preferred,
        cast(
            case when completed.is_shown then completed.n_companies_with_skill end as integer
        ) as n_companies_with_skill,
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
                    partition by completed.cell_no
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
        {{ effect('completed.share - completed.matched_share') }} as coverage_effect,
        completed.matched_since,
        completed.change_4w,
        completed.change_4w_low,
        completed.change_4w_high,
        completed.change_4w_q_value,
        completed.change_4w_q_value < {{ var('max_false_changes') }} as is_significant_4w,
        completed.change_4w_selected_low,
        completed.change_4w_selected_high,
        completed.change_13w,
        completed.change_13w_low,
        completed.change_13w_high,
        completed.change_13w_q_value,
        completed.change_13w_q_value < {{ var('max_false_changes') }} as is_significant_13w,
        completed.change_13w_selected_low,
        completed.change_13w_selected_high,
        {{ cell_status('completed.floor_reason', cell_break_reason('completed'), 'weeks.is_provisional') }} as status,
        {{ cell_coverage_ratio('completed') }} as coverage_ratio,
        {{ cell_break_reason('completed') }} as break_reason,
        completed.floor_reason
    from completed
    inner join weeks on completed.week_start = weeks.week_start
    inner join skills on completed.skill_id = skills.skill_id
    left join cell_coverage
        on {{ same('completed', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
