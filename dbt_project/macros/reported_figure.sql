{# A headline figure of the complete market's stock, as a report gives it, with its sample and status.
   conditions: further conditions on the rows of the report
   n_postings, n_companies, status: the columns of the figure's sample and status, where it has its own #}
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
