{# Writes the comments of a table and its columns in one statement. dbt's own version queries the catalogue twice for
   the columns of each table, to skip described columns that do not exist; that takes longer than the comments. Here a
   test ensures that every described column exists. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = [] -%}
    {%- if for_relation and config.persist_relation_docs() and model.description -%}
        {%- do comments.append(alter_relation_comment(relation, model.description)) -%}
    {%- endif -%}
    {%- if for_columns and config.persist_column_docs() -%}
        {%- for name, column in model.columns.items() if column.description -%}
            {%- do comments.append(
                'comment on column ' ~ relation ~ '.' ~ adapter.quote(name) ~ ' is '
                ~ duckdb_escape_comment(column.description) ~ ';'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if comments -%}
        {%- do run_query(comments | join('\n')) -%}
    {%- endif -%}
{%- endmacro %}
