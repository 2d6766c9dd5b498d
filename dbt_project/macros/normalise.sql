{# A title in lower case without the markers that address all genders, such as (m/f/d). The pattern is that of
   jobmarket/duplicates/gender.py. #}
{% macro without_gender(title) -%}
    regexp_replace(
        {{ title }},
        '[(\[{]\s*(?:[vi]\s*[/|*,]\s*)?(?:[mwfhdx]|div|all genders?|gn|alle)'
        || '\s*(?:[/|*,]\s*(?:[mwfhdxvi]|div|divers|gn)\s*)*[)\]}]|'
        || '\b[mwfh]\s?[/|]\s?[mwfhdxv](?:\s?[/|]\s?[mwfhdxvi])*\b|\*?[:/*_](?:in|innen)\b|\(in\)',
        ' ',
        'g'
    )
{%- endmacro %}

{# A title without case, accents, punctuation, runs of spaces and gender markers. #}
{% macro normalised_title(title) -%}
    trim(
        regexp_replace(
            {{ without_gender('strip_accents(lower(' ~ title ~ '))') }}, '[^\p{L}\p{N}+#]+', ' ', 'g'
        )
    )
{%- endmacro %}

{# A place as one key: 'US-CA-San Francisco', 'DE-Berlin', 'US'. Null where nothing of the place is known. #}
{% macro location_key(city, region, country) -%}
    nullif(concat_ws('-', {{ country }}, {{ region }}, {{ city }}), '')
{%- endmacro %}

{# Whether any of a list of location keys includes a city: 'US-CA' and 'DE' do not. #}
{% macro names_a_city(location_keys) -%}
    regexp_matches(array_to_string({{ location_keys }}, ' '), '[a-z]')
{%- endmacro %}

{# The distinct results, sorted and without nulls, of an expression over the values of a list.
   expression, condition: SQL in which `each` is the value; only values that meet the condition are taken #}
{% macro distinct_of(expression, each, values, condition=none) -%}
    coalesce(list_sort(list_distinct([
        {{ expression }} for {{ each }} in {{ values }}{{ ' if ' ~ condition if condition }}
    ])), [])
{%- endmacro %}
