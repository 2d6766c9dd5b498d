{# When dbt is started by hand (`dbt build`, `dbt run`), it records in ops.builds which moment its marts stand for:
   otherwise gate 2 and publication would take them for those of the build before. `jobmarket build` records this itself
   and sets JOBMARKET_BUILD_IS_NOTED (jobmarket.transform). A build is recorded as passed only if every model, seed and
   data test was part of it: after a partial build, some marts are older than others. #}
{% macro _notes_builds() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and not env_var('JOBMARKET_BUILD_IS_NOTED', '') -%}
        {#- outside a transaction: dbt would roll it back together with the hook's own statement -#}
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

{# Whether the results are those of a build that left out no model, seed or data test, and no rows. #}
{% macro is_whole_build(results) -%}
    {%- if not execute or flags.WHICH != 'build' or invocation_args_dict.get('empty') or invocation_args_dict.get('sample') -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set done = results | map(attribute='node.unique_id') | list -%}
    {{ return(
        graph.nodes.values() | selectattr('resource_type', 'in', ['model', 'seed', 'test'])
        | rejectattr('unique_id', 'in', done) | list | length == 0
    ) }}
{%- endmacro %}

{% macro note_build_ended(results) -%}
    {%- if _notes_builds() and is_whole_build(results) -%}
        {%- set failed = results | map(attribute='status') | map('string')
            | reject('in', ['success', 'pass', 'warn']) | list -%}
        update ops.builds set outcome = '{{ "failed" if failed else "passed" }}'
        where started_at = timestamp '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}'
    {%- endif -%}
{%- endmacro %}
