{# Days from a posting's publication to a moment, rounded to the nearest. #}
{% macro day_of_life(posted_at, moment) -%}
    cast(round(date_diff('second', {{ posted_at }}, {{ moment }}) / 86400) as integer)
{%- endmacro %}
