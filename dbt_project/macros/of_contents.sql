{# The rows of a table of all contents that are of the current contents or, if not is_current, of those that an edit
   replaced.

   all_contents: int_version_skills or int_version_salaries #}
{% macro of_contents(all_contents, is_current) -%}
with

versions as (

    select * from {{ ref(all_contents) }}

),

final as (

    select versions.* exclude (is_current)
    from versions
    where {{ 'versions.is_current' if is_current else 'not versions.is_current' }}

)

select * from final
{%- endmacro %}
