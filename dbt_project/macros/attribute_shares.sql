{# A weekly table of shares of the postings with a text that have an attribute: one row per week, cell and value.
   `kind`: of int_attribute_samples; `column`: the name under which its values are published. Plain and matched, as in
   rpt_skill_demand_weekly. #}
{% macro attribute_shares(kind, column) -%}
with

cell_samples as (

    select * from {{ ref('int_cell_samples') }}
    where seniority = 'all' and workplace = 'all'

),

attribute_samples as (

    select * from {{ ref('int_attribute_samples') }}
    where attribute_kind = '{{ kind }}'

),

matched as (

    select * from {{ ref('int_matched_attributes') }}
    where starts_with(attribute, '{{ kind }}/')

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

{{ cells('cell_samples') }},

company_values as (

    select
        week_start,
        measure,
        role_family,
        country,
        company_key,
        attribute,
        sum(n_with) as n_with
    from attribute_samples
    group by all

),

value_sums as (

    select
        company_values.week_start,
        company_values.measure,
        company_values.role_family,
        company_values.country,
        company_values.attribute,
        sum(company_values.n_with) as n_with,
        sum(company_values.n_with * company_values.n_with) as sum_yy,
        sum(company_values.n_with * company_cells.n_of_company) as sum_yn
    from company_values
    inner join company_cells on {{ same_cell('company_values', 'company_cells', also=['company_key']) }}
    group by all

),

-- a value that nobody has this week is a zero of its series, not a gap in it
series as (

    select distinct
        measure,
        role_family,
        country,
        attribute
    from value_sums

),

shares as (

    select
        cells.week_start,
        cells.measure,
        cells.role_family,
        cells.country,
        series.attribute,
        cells.n_postings,
        cells.n_companies,
        cells.floor_reason,
        coalesce(value_sums.n_with, 0) as n_with,
        {{ share('coalesce(value_sums.n_with, 0)', 'cells.n_postings') }} as share,
        {{ effective_n(
            'coalesce(value_sums.n_with, 0)',
            'cells.n_postings',
            'cells.n_companies',
            'coalesce(value_sums.sum_yy, 0)',
            'coalesce(value_sums.sum_yn, 0)',
            'cells.sum_nn'
        ) }} as effective_n,
        {{ t_quantile('cells.n_companies - 1') }} as t_quantile
    from cells
    inner join series on {{ same('cells', 'series', ['measure', 'role_family', 'country']) }}
    left join value_sums on {{ same_cell('cells', 'value_sums') }} and series.attribute = value_sums.attribute
    -- zeros of a cell that is suppressed would be rows about nothing
    where
        cells.floor_reason is null
        or value_sums.n_with > 0

),

-- what is below its floor has no estimates
shown as (

    select
        shares.week_start,
        shares.measure,
        shares.role_family,
        shares.country,
        shares.attribute,
        shares.share,
        shares.effective_n,
        shares.t_quantile,
        matched.matched_share,
        {{ capped_effective_n('shares.n_postings', 'matched.matched_share', 'matched.matched_variance') }}
            as matched_effective_n,
        matched.matched_since,
        {{ changes_of_weeks_over('matched', ['change_13w', 'change_13w_low', 'change_13w_high']) }}
    from shares
    inner join weeks on shares.week_start = weeks.week_start
    left join matched
        on {{ same_cell('shares', 'matched') }} and '{{ kind }}/' || shares.attribute = matched.attribute
    where shares.floor_reason is null

),

final as (

    select
        shares.week_start,
        shares.measure,
        shares.role_family,
        shares.country,
        shares.attribute as {{ column }},
        cast(shares.n_postings as integer) as n_postings,
        cast(shares.n_companies as integer) as n_companies,
        cast(shares.n_with as integer) as n_with,
        shown.share,
        {{ wilson_bound('shown.share', 'shown.effective_n', 'shown.t_quantile', 'low') }} as share_low,
        {{ wilson_bound('shown.share', 'shown.effective_n', 'shown.t_quantile', 'high') }} as share_high,
        shown.matched_share,
        {{ wilson_bound('shown.matched_share', 'shown.matched_effective_n', 'shown.t_quantile', 'low') }}
            as matched_low,
        {{ wilson_bound('shown.matched_share', 'shown.matched_effective_n', 'shown.t_quantile', 'high') }}
            as matched_high,
        shown.share - shown.matched_share as coverage_effect,
        shown.matched_since,
        shown.change_13w,
        shown.change_13w_low,
        shown.change_13w_high,
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
    left join shown on {{ same_cell('shares', 'shown', also=['attribute']) }}
    left join cell_coverage on {{ same('shares', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
{%- endmacro %}
