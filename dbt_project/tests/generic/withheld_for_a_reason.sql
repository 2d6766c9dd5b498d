{# Each estimate that has a reason of its own, as `share` has `share_floor_reason`, is null exactly where a reason is
   given. Fails for a model without such an estimate. #}
{% test withheld_for_a_reason(model) %}
    {%- set columns = adapter.get_columns_in_relation(model) | map(attribute='name') | list if execute else [] %}
    select *
    from {{ model }}
    where
        false
        {%- for estimate in columns if estimate ~ '_floor_reason' in columns %}
        or ({{ estimate }} is null) = ({{ estimate }}_floor_reason is null)
        {%- else %}
        or true
        {%- endfor %}
{% endtest %}
