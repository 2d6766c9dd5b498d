{# The moment a build stands for: var `as_of`, else JOBMARKET_AS_OF, else the latest crawl in `crawl_runs`. Never the
   wall clock. A var that changes makes dbt parse the whole project anew (a third of a small build); what the
   environment says is asked for only when a model runs, and does not. #}
{% macro as_of(crawl_runs) -%}
    {%- set moment = var('as_of') or (env_var('JOBMARKET_AS_OF', '') if execute) -%}
    {%- if moment -%}
        cast('{{ moment }}' as timestamp)
    {%- else -%}
        (select max(latest.as_of) from {{ crawl_runs }} as latest)
    {%- endif -%}
{%- endmacro %}
