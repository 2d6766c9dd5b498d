{# A condition over several columns of a row holds in every row; unknown (null) counts as holding. #}
{% test holds(model, condition) %}
    select *
    from {{ model }}
    where not ({{ condition }})
{% endtest %}
