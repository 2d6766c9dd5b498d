{# The rows of the registry of employers: `select` text over its file, or over nothing where there is no file (an
   installation on sample or recorded boards needs none). Columns that the file lacks are null. #}
{% macro registry_rows() -%}
    {%- set path = var('companies_csv') or ((invocation_args_dict.get('project_dir') or '.') ~ '/../scrapers/companies.csv') -%}
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
