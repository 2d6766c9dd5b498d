{# On which day after a week's end a moment falls: the first one is 1, what lies in the week or before it is 0 and less. #}
{% macro days_after_the_week(week_start, moment) -%}
    cast(floor(date_diff('second', cast({{ week_start }} + 7 as timestamp), {{ moment }}) / 86400.0) + 1 as integer)
{%- endmacro %}
