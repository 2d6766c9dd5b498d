{# The text of a field that an employer named itself on its Greenhouse board; null if it has none, or another value.

   Read here and not by the spider, so that it is read in all history: what a spider maps is part of the content hash, and
   older contents would lack it. Facts are read again with a new version of the extractor, such as new rows of
   `board_tokens` for the field. #}
{% macro employers_field(payload, name) -%}
    list_extract(
        list_transform(
            list_filter(
                from_json({{ payload }} -> 'metadata', '["JSON"]'),
                lambda field: field ->> 'name' = '{{ name }}' and json_type(field, '$.value') = 'VARCHAR'
            ),
            lambda field: nullif(trim(field ->> 'value'), '')
        ),
        1
    )
{%- endmacro %}
