{# Each estimate that has a reason of its own, as `share` has `share_floor_reason`, is null exactly where a reason is
   given. Fails for a model without such an estimate. #}
{% test withheld_for_a_reason(model) %}
    {%- set columns = adapter.get_columns_in_relation(model) | map(attribute='name') | list if execute else [] %}
    {%- set broken = [] %}
    {%- for estimate in columns if estimate ~ '_floor_reason' in columns %}
        {%- do broken.append('(' ~ estimate ~ ' is null) = (' ~ estimate ~ '_floor_reason is null)') %}
    {%- endfor %}
    select *
    from {{ model }}
    where {{ broken | join(' or ') or 'true' }}
{% endtest %}
