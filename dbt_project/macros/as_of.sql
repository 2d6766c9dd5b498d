{# The moment a build stands for: var `as_of`, else the latest crawl in `crawl_runs`. Never the wall clock. #}
{% macro as_of(crawl_runs) -%}
    {%- if var('as_of') -%}
        cast('{{ var("as_of") }}' as timestamp)
    {%- else -%}
        (select max(latest.as_of) from {{ crawl_runs }} as latest)
    {%- endif -%}
{%- endmacro %}
