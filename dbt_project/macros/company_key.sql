{# The key that identifies an employer: that of its name, or the posting's own key where it names no employer. Each
   posting without an employer's name thus counts as a separate employer, since nothing shows that two share one. #}
{% macro company_key(key_of_name, posting_key) -%}
    coalesce({{ key_of_name }}, cast({{ posting_key }} as varchar))
{%- endmacro %}
