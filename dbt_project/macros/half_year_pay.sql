{# CTEs distributions to shown: pay of the openings in `entries` by cell, in the country's currency, and whether it
   reaches the floor. A suppressed cell has no lists of values, so that its percentiles are null.

   cell: the columns that make a cell
   also: further columns of distributions, as expressions over `entries`
   derived: name → further column of figures, as an expression over distributions and halves #}
{% macro half_year_pay(cell, also=[], derived={}) -%}
{{ medians('entries', 'country_annual', cell, also=[sorted_usd_values()] + also) }},

samples as (

    select
        {%- for column in cell %}
        entries.{{ column }},
        {%- endfor %}
        max(entries.week_start) as week_start,
        any_value(entries.country_currency) as currency,
        count(*) as n_postings
    from entries
    group by all

),

figures as (

    select
        samples.*,
        coalesce(halves.n_values, 0) as n_with_pay,
        coalesce(halves.n_companies, 0) as n_companies,
        halves.half_low,
        halves.half_high,
        distributions.sorted_values,
        distributions.sorted_usd_values,
        {%- for name, figure in derived.items() %}
        {{ figure }} as {{ name }},
        {%- endfor %}
        {{ floor_reason(
            'coalesce(halves.n_values, 0)', 'coalesce(halves.n_companies, 0)', 'halves.n_of_largest',
            what='postings with pay'
        ) }} as floor_reason
    from samples
    left join distributions on {{ same('samples', 'distributions', cell) }}
    left join halves on {{ same('samples', 'halves', cell) }}

),

shown as (

    select
        figures.* exclude (sorted_values, sorted_usd_values),
        figures.floor_reason is null as is_shown,
        case when figures.floor_reason is null then figures.sorted_values end as sorted_values,
        case when figures.floor_reason is null then figures.sorted_usd_values end as sorted_usd_values
    from figures

)
{%- endmacro %}

{# The published columns of the sample and of the distribution, from the CTE shown. #}
{% macro half_year_pay_columns() -%}
cast(shown.n_postings as integer) as n_postings,
        cast(shown.n_with_pay as integer) as n_with_pay,
        cast(shown.n_companies as integer) as n_companies,
        shown.currency,
        {{ country_pay_columns() }}
{%- endmacro %}

{# The column of distributions that country_pay_columns needs, as an expression over `entries`. #}
{% macro sorted_usd_values() -%}
list(entries.usd_annual order by entries.usd_annual) as sorted_usd_values
{%- endmacro %}

{# The published columns of the distribution in the country's currency, and of its median in US dollars, whose bounds are
   at the same ranks. From the CTE shown, with the sorted values, in a suppressed cell null, and the bounds of the half. #}
{% macro country_pay_columns() -%}
{{ quantile_of_sorted('shown.sorted_values', '0.25') }} as salary_p25_annual,
        {{ quantile_of_sorted('shown.sorted_values', '0.50') }} as salary_median_annual,
        {{ quantile_of_sorted('shown.sorted_values', 'shown.half_low') }} as median_low,
        {{ quantile_of_sorted('shown.sorted_values', 'shown.half_high') }} as median_high,
        {{ quantile_of_sorted('shown.sorted_values', '0.75') }} as salary_p75_annual,
        {{ quantile_of_sorted('shown.sorted_usd_values', '0.50') }} as salary_median_usd_annual,
        {{ quantile_of_sorted('shown.sorted_usd_values', 'shown.half_low') }} as salary_median_usd_annual_low,
        {{ quantile_of_sorted('shown.sorted_usd_values', 'shown.half_high') }} as salary_median_usd_annual_high
{%- endmacro %}
