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

{# What an expression over `place` gives for the places of a list, each value once, in order; nulls are none. #}
{% macro of_places(expression, places) -%}
    coalesce(list_sort(list_distinct([{{ expression }} for place in {{ places }}])), [])
{%- endmacro %}
