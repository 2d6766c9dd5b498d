{# Days from the hour of a posting's publication to a moment: as many as are nearest. #}
{% macro day_of_life(posted_at, moment) -%}
    cast(round(date_diff('second', {{ posted_at }}, {{ moment }}) / 86400) as integer)
{%- endmacro %}
