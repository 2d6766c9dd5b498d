{# A text consists of lower-case letters, digits and underscores. #}
{% test snake_case(model, column_name) %}
    select {{ column_name }}
    from {{ model }}
    where not regexp_full_match({{ column_name }}, '[a-z0-9_]+')
{% endtest %}
