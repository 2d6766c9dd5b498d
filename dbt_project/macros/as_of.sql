{# The moment a build stands for: var `as_of`, else the environment variable JOBMARKET_AS_OF, else the latest crawl in
   `crawl_runs`. Never the wall clock. Changing the var makes dbt parse the complete project again (a third of a small
   build); the environment variable is read only when a model runs, so changing it does not. #}
{% macro as_of(crawl_runs) -%}
    {%- set moment = var('as_of') or (env_var('JOBMARKET_AS_OF', '') if execute) -%}
    {%- if moment -%}
        cast('{{ moment }}' as timestamp)
    {%- else -%}
        (select max(latest.as_of) from {{ crawl_runs }} as latest)
    {%- endif -%}
{%- endmacro %}
