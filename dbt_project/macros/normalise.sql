{# A title without case, accents, punctuation and runs of spaces; marks of gender as in (m/f/d) are no part of it. #}
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

{# A place as one word: 'US-CA-San Francisco', 'DE-Berlin', 'US'. Null where nothing is known of it. #}
{% macro location_key(city, region, country) -%}
    nullif(concat_ws('-', {{ country }}, {{ region }}, {{ city }}), '')
{%- endmacro %}

{# Whether any place of a list of such words is a city: 'US-CA' and 'DE' name none. #}
{% macro names_a_city(location_keys) -%}
    regexp_matches(array_to_string({{ location_keys }}, ' '), '[a-z]')
{%- endmacro %}

{# What an expression over `each` gives for the values of a list (of which a condition holds), each result once, in
   order; nulls are none. #}
{% macro distinct_of(expression, each, values, condition=none) -%}
    coalesce(list_sort(list_distinct([
        {{ expression }} for {{ each }} in {{ values }}{{ ' if ' ~ condition if condition }}
    ])), [])
{%- endmacro %}
