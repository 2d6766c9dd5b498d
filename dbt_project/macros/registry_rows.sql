{# A query for the rows of a registry of employers: a file in the scrapers folder, or the one that var companies_csv
   names. No rows if there is no such file; columns that the file lacks are null. #}
{% macro registry_rows(file) -%}
    {%- set path = var('companies_csv') -%}
    {%- if not path -%}
        {%- set path = (invocation_args_dict.get('project_dir') or '.') ~ '/../scrapers/' ~ file -%}
    {%- endif -%}
    {%- set literal = "'" ~ (path | string | replace("'", "''")) ~ "'" -%}
    {%- set file_exists = execute and run_query("select count(*) from glob(" ~ literal ~ ")").columns[0].values()[0] > 0 -%}
    select
        cast(null as varchar) as board,
        cast(null as varchar) as slug,
        cast(null as varchar) as company,
        cast(null as varchar) as sector,
        cast(null as varchar) as size_band,
        cast(null as varchar) as hq_country,
        cast(null as varchar) as basis
    where false
    {%- if file_exists %}
    union all by name
    select * from read_csv({{ literal }}, all_varchar = true, header = true)
    {%- endif -%}
{%- endmacro %}
