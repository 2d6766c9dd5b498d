{# A title without case, accents, punctuation, runs of spaces and gender markers such as (m/f/d). #}
{% macro normalised_title(title) -%}
    trim(
        regexp_replace(
            regexp_replace(
                strip_accents(lower({{ title }})), '\(\s*[mwfhdx]\s*([/|*]\s*[mwfhdx]\s*)+\)', ' ', 'g'
            ),
            '[^\p{L}\p{N}+#]+', ' ', 'g'
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
