{# Weekly shares of the postings with a text that have an attribute, plain and matched as in rpt_skill_demand_weekly.
   One row per week, cell and value.

   kind: the kind of attribute, as in int_posting_attributes
   column: the name under which its values are published
   has_known: for kinds whose values answer a question (int_attribute_series.question), adds the shares among the
       postings that answer it
   alike_in: the columns of the shares whose similarity is pooled, where these are not all values of a cell
   is_flagged: for kinds with so many values that some change by chance, adds the change over four weeks, and for both
       changes the q-value, the flag and the interval of the flagged #}
{% macro attribute_shares(kind, column, has_known=false, is_flagged=false, alike_in=none) -%}
{%- set horizons = ['4w', '13w'] if is_flagged else ['13w'] -%}
{%- set changes = [] -%}
{%- for horizon in horizons -%}
    {%- for part in ['', '_low', '_high'] + (['_q_value', '_selected_low', '_selected_high'] if is_flagged else []) -%}
        {%- do changes.append('change_' ~ horizon ~ part) -%}
    {%- endfor -%}
{%- endfor -%}
{%- set known_companies = equal_companies('series.n_known', 'series.sum_kk', 'series.sum_kkk') -%}
{%- set answering = 'case when series.is_answer then series.n_with end' -%}
with

cell_samples as (

    select * from {{ ref('int_cell_samples') }}
    where seniority = 'all' and workplace = 'all'

),

series as (

    select
        * exclude (attribute),
        substr(attribute, {{ kind | length + 2 }}) as attribute
    from {{ ref('int_attribute_series') }}
    where starts_with(attribute, '{{ kind }}/')

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

{{ sampled_cells() }},

shares as (

    select
        cells.week_start,
        cells.measure,
        cells.role_family,
        cells.country,
        series.attribute,
        cells.n_postings,
        cells.n_companies,
        cells.sum_nn,
        cells.equal_companies,
        cells.floor_reason,
        series.n_with,
        series.sum_yy,
        series.sum_yn,
        {{ share('series.n_with', 'cells.n_postings') }} as share,
        {{ similarity(
            'series.n_with', 'cells.n_postings', 'cells.equal_companies', 'series.sum_yy', 'series.sum_yn', 'cells.sum_nn',
            over=alike_in or 'cells.cell_no'
        ) }} as similarity,
        {{ pooled_matched_n('series.matched_share', 'series.matched_variance', over='cells.cell_no') }} as pooled_matched_n,
        series.matched_share,
        series.matched_variance,
        series.matched_since
        {%- for change in changes %},
        series.{{ change }}
        {%- endfor %}
        {%- if has_known %},
        series.n_known,
        series.n_companies_known,
        series.sum_kk,
        {{ known_companies }} as known_equal_companies,
        series.sum_yk,
        {{ share('series.n_known', 'cells.n_postings') }} as known_share,
        {{ share(answering, 'series.n_known') }} as share_of_known,
        {{ similarity(
            answering, 'series.n_known', known_companies, 'series.sum_yy', 'series.sum_yk', 'series.sum_kk',
            over='cells.cell_no, series.question'
        ) }} as known_similarity,
        case
            when series.is_answer
                then coalesce(
                    cells.floor_reason,
                    {{ floor_reason('series.n_known', 'series.n_companies_known', 'series.n_known_of_largest') }}
                )
        end as known_floor_reason
        {%- endif %}
    from cells
    -- a value that no posting has this week is a zero in its series, not a gap
    inner join series on {{ same_cell('cells', 'series') }}
    -- a zero in a suppressed cell would carry no information
    where
        cells.floor_reason is null
        or series.n_with > 0

),

-- a cell below its floor shows no estimates, nor n_with, which beside n_postings is one
shown as (

    select
        shares.week_start,
        shares.measure,
        shares.role_family,
        shares.country,
        shares.attribute,
        shares.n_with,
        shares.share,
        {{ effective_n(
            'shares.n_with', 'shares.n_postings', 'shares.equal_companies', 'shares.sum_yy', 'shares.sum_yn',
            'shares.sum_nn', 'shares.similarity'
        ) }} as effective_n,
        {{ interval_t('shares.n_postings', 'shares.sum_nn') }} as t_quantile,
        {%- if has_known %}
        shares.n_known,
        shares.n_companies_known,
        shares.known_share,
        case when shares.known_floor_reason is null then shares.share_of_known end as share_of_known,
        {{ effective_n(
            'shares.n_with', 'shares.n_known', 'shares.known_equal_companies', 'shares.sum_yy', 'shares.sum_yk',
            'shares.sum_kk', 'shares.known_similarity'
        ) }} as known_effective_n,
        {{ interval_t('shares.n_known', 'shares.sum_kk') }} as known_t_quantile,
        {%- endif %}
        shares.matched_share,
        {{ matched_effective_n(
            'shares.n_postings',
            'shares.sum_nn',
            'shares.matched_share',
            'shares.matched_variance',
            'shares.pooled_matched_n'
        ) }} as matched_effective_n,
        shares.matched_since,
        {{ changes_of_weeks_over('shares', changes) }}
    from shares
    inner join weeks on shares.week_start = weeks.week_start
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
        cast(shown.n_with as integer) as n_with,
        {%- if has_known %}
        -- shown wherever known_share is, however few postings answer
        cast(shown.n_known as integer) as n_known,
        cast(shown.n_companies_known as integer) as n_companies_known,
        shown.known_share,
        {%- endif %}
        shown.share,
        {{ wilson_bound('shown.share', 'shown.effective_n', 'shown.t_quantile', 'low') }} as share_low,
        {{ wilson_bound('shown.share', 'shown.effective_n', 'shown.t_quantile', 'high') }} as share_high,
        {%- if has_known %}
        shown.share_of_known,
        {{ wilson_bound('shown.share_of_known', 'shown.known_effective_n', 'shown.known_t_quantile', 'low') }}
            as share_of_known_low,
        {{ wilson_bound('shown.share_of_known', 'shown.known_effective_n', 'shown.known_t_quantile', 'high') }}
            as share_of_known_high,
        {%- endif %}
        shown.matched_share,
        {{ wilson_bound('shown.matched_share', 'shown.matched_effective_n', 'shown.t_quantile', 'low') }}
            as matched_low,
        {{ wilson_bound('shown.matched_share', 'shown.matched_effective_n', 'shown.t_quantile', 'high') }}
            as matched_high,
        {{ effect('shown.share - shown.matched_share') }} as coverage_effect,
        shown.matched_since,
        {%- for horizon in horizons %}
        shown.change_{{ horizon }},
        shown.change_{{ horizon }}_low,
        shown.change_{{ horizon }}_high,
        {%- if is_flagged %}
        shown.change_{{ horizon }}_q_value,
        shown.change_{{ horizon }}_q_value < {{ var('max_false_changes') }} as is_significant_{{ horizon }},
        shown.change_{{ horizon }}_selected_low,
        shown.change_{{ horizon }}_selected_high,
        {%- endif %}
        {%- endfor %}
        {{ cell_status('shares.floor_reason', cell_break_reason('shares'), 'weeks.is_provisional') }} as status,
        {{ cell_coverage_ratio('shares') }} as coverage_ratio,
        {{ cell_break_reason('shares') }} as break_reason,
        shares.floor_reason
        {%- if has_known %},
        shares.known_floor_reason
        {%- endif %}
    from shares
    inner join weeks on shares.week_start = weeks.week_start
    left join shown on {{ same_cell('shares', 'shown', also=['attribute']) }}
    left join cell_coverage on {{ same('shares', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
{%- endmacro %}
