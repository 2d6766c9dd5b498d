{# Each part of a text, which `|` separates, is a value of `field` in another model, or refers to a list as `@list`. #}
{% test parts_exist(model, column_name, to, field) %}
    with

    parts as (

        select unnest(string_split({{ column_name }}, '|')) as part
        from {{ model }}

    )

    select parts.part
    from parts
    anti join {{ to }} as known on parts.part = known.{{ field }}
    where not starts_with(parts.part, '@')
{% endtest %}
