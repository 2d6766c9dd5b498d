{# dbt-duckdb's own materialization of a table, for a project without hooks, indexes, foreign keys and grants. The new
   table takes the place of the one before in one statement and one transaction. dbt-duckdb looks for indexes, renames
   the table before, renames the new one, commits, and drops the table before in a further transaction, which takes
   longer than the query of most models. #}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] -%}
    {%- if pre_hooks or post_hooks or config.get('indexes') or config.get('grants') -%}
        {{- exceptions.raise_compiler_error(
            model.name ~ ' has hooks, indexes or grants, which the materialization in macros/table.sql leaves out: '
            'extend it, or delete it to use the one of dbt-duckdb'
        ) -}}
    {%- endif -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set new = make_intermediate_relation(target) -%}
    {%- set existing = load_cached_relation(this) -%}
    {#- left by a build that was killed #}
    {{- drop_relation_if_exists(load_cached_relation(new)) -}}

    {%- call statement('main', language=model.language) -%}
        {{ create_table_as(False, new, model.compiled_code, model.language) }}
    {%- endcall -%}

    {%- call statement('replace') -%}
        {%- if existing is not none -%}
            drop {{ existing.type }} {{ existing }};
        {%- endif %}
        alter table {{ new }} rename to {{ adapter.quote(target.identifier) }};
    {%- endcall -%}
    {%- do persist_docs(target, model) -%}
    {%- do adapter.commit() -%}

    {{- return({'relations': [target]}) -}}
{%- endmaterialization %}
