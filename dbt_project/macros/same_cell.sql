{# A join condition: two relations agree in the columns that make a cell of a weekly series, and in those of `also`. #}
{% macro same_cell(left, right, also=[]) -%}
    {{ same(left, right, ['week_start', 'measure', 'role_family', 'country'] + also) }}
{%- endmacro %}
