{# What employers are told apart by: the key of the name, or the posting's own where it names nobody. Postings that name
   no employer are then of as many employers as they are: nothing says that two of them are of one. #}
{% macro company_key(key_of_name, posting_key) -%}
    coalesce({{ key_of_name }}, cast({{ posting_key }} as varchar))
{%- endmacro %}
