{# Legal forms say nothing about who the employer is. Only whole words at the end of a name are dropped. #}
{% macro company_key(name, slug) -%}
    coalesce(
        nullif(
            regexp_replace(
                regexp_replace(
                    replace(strip_accents(lower(coalesce({{ name }}, {{ slug }}))), '.', ''),
                    '([ ,&]+(inc|incorporated|llc|llp|lp|ltd|limited|private|pvt|plc|pbc|corp|corporation|company|co|gmbh|mbh|ug|ag|se|kg|kgaa|ohg|gbr|sas|sasu|sarl|eurl|sa|sl|slu|srl|spa|ltda|bv|bvba|nv|ab|as|asa|aps|oy|oyj|ou|uab|sro|doo|kft|zrt|sp zoo|sp z oo|pty|pte|kk))+$',
                    ''
                ),
                '[^\p{L}\p{N}]+', '', 'g'
            ),
            ''
        ),
        lower({{ slug }})
    )
{%- endmacro %}

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
