{# No two rows share the values of `columns`, the compound key of a model. #}
{% test unique_combination(model, columns) %}
    select {{ columns | join(', ') }}
    from {{ model }}
    group by all
    having count(*) > 1
{% endtest %}
