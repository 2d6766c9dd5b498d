with

counts as (

    select * from {{ ref('int_skill_pair_counts') }}

),

estimates as (

    select * from {{ ref('int_skill_pairs') }}

),

skills as (

    select * from {{ ref('dim_skills') }}

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pairs'

),

pairs as (

    select
        counts.*,
        estimates.lift,
        estimates.lift_low,
        estimates.lift_high,
        estimates.q_value,
        estimates.lift_selected_low,
        estimates.lift_selected_high
    from counts
    inner join estimates on {{ same('counts', 'estimates', ['role_family', 'skill_id', 'other_skill_id']) }}

),

-- each pair has a row from either skill
directed as (

    select
        pairs.*,
        pairs.sum_both_a as sum_both_with,
        pairs.sum_aa as sum_with_with,
        {{ equal_companies('pairs.n_with', 'pairs.sum_aa', 'pairs.sum_aaa') }} as equal_companies_with
    from pairs
    union all
    select
        pairs.* replace (
            pairs.other_skill_id as skill_id,
            pairs.skill_id as other_skill_id,
            pairs.n_with_other as n_with,
            pairs.n_with as n_with_other,
            pairs.n_companies_with_other as n_companies_with,
            pairs.n_companies_with as n_companies_with_other
        ),
        pairs.sum_both_b as sum_both_with,
        pairs.sum_bb as sum_with_with,
        {{ equal_companies('pairs.n_with_other', 'pairs.sum_bb', 'pairs.sum_bbb') }} as equal_companies_with
    from pairs

),

-- pooled over the pairs of the family
alike as (

    select
        directed.*,
        {{ similarity(
            'directed.n_both',
            'directed.n_with',
            'directed.equal_companies_with',
            'directed.sum_both_both',
            'directed.sum_both_with',
            'directed.sum_with_with',
            over='directed.role_family'
        ) }} as similarity
    from directed

),

judged as (

    select
        alike.*,
        {{ floor_reason('alike.n_postings', 'alike.n_companies', 'alike.n_of_largest') }} as family_floor_reason
    from alike

),

estimated as (

    select
        directed.*,
        coalesce(
            directed.family_floor_reason,
            -- a floor on the observed number would select by lift and show the pairs that chance brought together
            {{ floor_reason(
                'directed.n_expected',
                'directed.n_companies_both',
                'directed.n_both_of_largest',
                what='postings with both expected',
                n_all='directed.n_both'
            ) }}
        ) as floor_reason,
        {{ share('directed.n_both', 'directed.n_with') }} as share_with_other,
        {{ effective_n(
            'directed.n_both',
            'directed.n_with',
            'directed.equal_companies_with',
            'directed.sum_both_both',
            'directed.sum_both_with',
            'directed.sum_with_with',
            'directed.similarity'
        ) }} as effective_n,
        {{ interval_t('directed.n_with', 'directed.sum_with_with') }} as t_quantile
    from judged as directed

),

shown as (

    select
        estimated.*,
        case when estimated.floor_reason is null then estimated.share_with_other end as shown_share,
        -- n_with_both / n_with_skill is the withheld share
        case when estimated.floor_reason is null then estimated.n_both end as shown_n_both,
        case when estimated.floor_reason is null then estimated.n_companies_both end as shown_n_companies_both,
        -- n_with_skill / n_postings is a share of the family, which rpt_skill_demand_weekly withholds below the floors
        estimated.family_floor_reason is null as is_family_shown
    from estimated

),

final as (

    select
        shown.role_family,
        shown.skill_id,
        skills.skill_name,
        shown.other_skill_id,
        other_skills.skill_name as other_skill_name,
        shown.week_start,
        cast(shown.n_postings as integer) as n_postings,
        cast(shown.n_companies as integer) as n_companies,
        cast(case when shown.is_family_shown then shown.n_with end as integer) as n_with_skill,
        cast(case when shown.is_family_shown then shown.n_with_other end as integer) as n_with_other_skill,
        case when shown.is_family_shown then shown.n_expected end as n_expected_with_both,
        cast(shown.shown_n_both as integer) as n_with_both,
        cast(shown.shown_n_companies_both as integer) as n_companies_with_both,
        shown.shown_share as share_with_other,
        {{ wilson_bound('shown.shown_share', 'shown.effective_n', 'shown.t_quantile', 'low') }} as share_with_other_low,
        {{ wilson_bound('shown.shown_share', 'shown.effective_n', 'shown.t_quantile', 'high') }}
            as share_with_other_high,
        shown.lift,
        shown.lift_low,
        shown.lift_high,
        shown.q_value,
        shown.q_value < {{ var('max_false_changes') }} as is_significant,
        shown.lift_selected_low,
        shown.lift_selected_high,
        {{ window_status('shown.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        shown.floor_reason
    from shown
    inner join skills on shown.skill_id = skills.skill_id
    inner join skills as other_skills on shown.other_skill_id = other_skills.skill_id
    left join window_coverage
        on
            shown.role_family = window_coverage.role_family
            and window_coverage.country = 'all'

)

select * from final
