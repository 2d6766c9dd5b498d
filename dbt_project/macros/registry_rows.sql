{# The rows of a registry of employers: `select` text over a file beside the project's scrapers, or over nothing where
   there is no such file. Columns that the file lacks are null. #}
{% macro registry_rows(file) -%}
    {%- set path = var('companies_csv') -%}
    {%- if not path -%}
        {%- set path = (invocation_args_dict.get('project_dir') or '.') ~ '/../scrapers/' ~ file -%}
    {%- endif -%}
    {%- set literal = "'" ~ (path | string | replace("'", "''")) ~ "'" -%}
    {%- set found = execute and run_query("select count(*) from glob(" ~ literal ~ ")").columns[0].values()[0] > 0 -%}
    select
        cast(null as varchar) as board,
        cast(null as varchar) as slug,
        cast(null as varchar) as company,
        cast(null as varchar) as sector,
        cast(null as varchar) as size_band,
        cast(null as varchar) as hq_country,
        cast(null as varchar) as basis
    where false
    {%- if found %}
    union all by name
    select * from read_csv({{ literal }}, all_varchar = true, header = true)
    {%- endif -%}
{%- endmacro %}
