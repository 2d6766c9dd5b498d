{# Schemas are named exactly staging, intermediate, marts and seeds, so that an analyst reads marts.fct_postings. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
