{# The day after a week's end on which a moment falls: 1 is the first; a moment in the week or earlier gives 0 or less. #}
{% macro days_after_the_week(week_start, moment) -%}
    cast(floor(date_diff('second', cast({{ week_start }} + 7 as timestamp), {{ moment }}) / 86400.0) + 1 as integer)
{%- endmacro %}
