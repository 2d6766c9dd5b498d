{# A condition over several columns is true in every row; null counts as true. #}
{% test holds(model, condition) %}
    select *
    from {{ model }}
    where not ({{ condition }})
{% endtest %}
