{# After a complete build, drops the tables and views that no model or seed makes any more: dbt leaves those of renamed
   and removed models in place, and everything in marts is published. Nothing else belongs in the project's schemas, nor
   in the default schema, where dbt-duckdb leaves the new rows of each incremental Python model as a table. #}
{% macro drop_unowned(results) -%}
    {%- if is_whole_build(results) -%}
        {%- set owned, schemas = [], [target.schema] -%}
        {%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
            {%- do owned.append(node.schema ~ '.' ~ node.alias) -%}
            {%- do schemas.append(node.schema) -%}
        {%- endfor -%}
        {%- set there = run_query(
            "select schema_name, table_name, 'table' from duckdb_tables() where database_name = current_database() "
            "union all select schema_name, view_name, 'view' from duckdb_views() where database_name = current_database()"
        ) -%}
        {%- for schema, name, kind in there.rows if schema in schemas and schema ~ '.' ~ name not in owned -%}
            {%- if schema != target.schema -%}
            {{ log('dropped: ' ~ kind ~ ' ' ~ schema ~ '.' ~ name ~ ', which no model makes any more', info=true) }}
            {%- endif %}
            drop {{ kind }} {{ adapter.quote(schema) }}.{{ adapter.quote(name) }};
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
