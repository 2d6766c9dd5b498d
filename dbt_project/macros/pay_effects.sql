{# CTE judged: the effects of one kind, their sample, and whether it reaches its floors. The pay of openings with the
   attribute needs enough of those openings (floor_reason). An effect also needs openings to compare them with, and
   neither group may consist mostly of one employer's (effect_floor_reason). #}
{% macro judged_effects(effects, kind, compared='without the ' ~ kind) -%}
{%- set own_reason = floor_reason(
    effects ~ '.n_with', effects ~ '.n_companies_with', effects ~ '.n_of_largest_with',
    what='postings with pay and the ' ~ kind
) -%}
judged as (

    select
        (select max(window_coverage.week_start) from window_coverage) as week_start,
        {{ effects }}.*,
        {{ own_reason }} as floor_reason,
        coalesce(
            {{ own_reason }},
            case
                when {{ effects }}.effect is null
                    then 'too few postings or companies {{ compared }}, most are one company’s, or fewer than 3 effective companies make up the premium'
            end
        ) as effect_floor_reason
    from {{ effects }}
    where {{ effects }}.kind = '{{ kind }}'

)
{%- endmacro %}

{# The columns that tables of effects share: the sample, the effect as a logarithm and as a fraction, its interval, the
   significance flag and the interval of the flagged. #}
{% macro effect_columns(judged) -%}
    {%- set is_shown = judged ~ '.effect_floor_reason is null' -%}
    {{ judged }}.week_start,
        {{ judged }}.n_openings as n_postings,
        {{ judged }}.n_companies,
        {{ judged }}.n_with,
        {{ judged }}.n_companies_with,
        case when {{ is_shown }} then {{ judged }}.n_controls end as n_controls,
        case when {{ is_shown }} then {{ judged }}.effect end as premium_log,
        case when {{ is_shown }} then {{ part_of(judged ~ '.effect') }} end as premium,
        case when {{ is_shown }} then {{ part_of(judged ~ '.effect_low') }} end as premium_low,
        case when {{ is_shown }} then {{ part_of(judged ~ '.effect_high') }} end as premium_high,
        case when {{ is_shown }} then {{ judged }}.q_value end as premium_q_value,
        case when {{ is_shown }} then {{ judged }}.q_value < {{ var('max_false_changes') }} end as is_significant,
        case when {{ is_shown }} then {{ part_of(judged ~ '.selected_low') }} end as premium_selected_low,
        case when {{ is_shown }} then {{ part_of(judged ~ '.selected_high') }} end as premium_selected_high,
        case when {{ is_shown }} then {{ part_of(judged ~ '.within') }} end as premium_within_company,
        case when {{ is_shown }} then {{ part_of(judged ~ '.within_low') }} end as within_company_low,
        case when {{ is_shown }} then {{ part_of(judged ~ '.within_high') }} end as within_company_high,
        {{ judged }}.n_companies_with_both
{%- endmacro %}
