{# dbt started by hand (`dbt build`, `dbt run`) notes in ops.builds which moment its marts stand for, as `jobmarket build`
   does by itself (jobmarket.transform, which says so in the environment): else gate 2 and publication would take them for
   those of the build before. Only a `dbt build` of everything passes; after a part of it some marts are older than
   others. #}
{% macro _notes_builds() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and not env_var('JOBMARKET_BUILD_IS_NOTED', '') -%}
        {#- outside of a transaction, which dbt would roll back with what the hook writes -#}
        {%- call statement('builds', fetch_result=true, auto_begin=false) -%}
            select 1 from duckdb_tables() as tables
            where tables.database_name = current_database() and tables.schema_name = 'ops' and tables.table_name = 'builds'
        {%- endcall -%}
        {{ return(load_result('builds')['data'] | length > 0) }}
    {%- endif -%}
    {{ return(false) }}
{%- endmacro %}

{% macro note_build_begun() -%}
    {%- if _notes_builds() -%}
        insert into ops.builds
        select timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}', {{ as_of('raw.crawl_runs') }}, 'begun'
    {%- endif -%}
{%- endmacro %}

{% macro note_build_ended(results) -%}
    {%- set chosen = invocation_args_dict.get('select') or invocation_args_dict.get('exclude')
        or invocation_args_dict.get('selector') or invocation_args_dict.get('resource_types') -%}
    {%- if _notes_builds() and flags.WHICH == 'build' and not chosen -%}
        {%- set failed = results | map(attribute='status') | map('string')
            | reject('in', ['success', 'pass', 'warn']) | list -%}
        update ops.builds set outcome = '{{ "failed" if failed else "passed" }}'
        where started_at = timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}'
    {%- endif -%}
{%- endmacro %}
