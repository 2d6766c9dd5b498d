{# A figure of the whole market's stock, as a report tells it, with its sample and its status; `conditions`: what else holds
   of the report's row; the last three: the columns of a figure that has a sample and a status of its own. #}
{% macro reported_figure(
    figure, report, value, low, high, conditions=[], n_postings='n_postings', n_companies='n_companies', status='status'
) -%}
    select
        {{ figure }} as figure,
        {{ report }}.week_start,
        {{ report }}.{{ n_postings }} as n_postings,
        {{ report }}.{{ n_companies }} as n_companies,
        case when {{ report }}.{{ status }} != 'suppressed' then cast({{ value }} as double) end as value,
        cast({{ low }} as double) as value_low,
        cast({{ high }} as double) as value_high,
        {{ report }}.{{ status }} as status,
        {{ report }}.coverage_ratio
    from {{ report }}
    where
        {{ report }}.measure = 'stock'
        and {{ report }}.role_family = 'all'
        and {{ report }}.country = 'all'
        {%- for condition in conditions %}
        and {{ condition }}
        {%- endfor %}
{%- endmacro %}
