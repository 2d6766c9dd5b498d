{# A headline figure, from the values of its postings: a count, a median or a share. #}
{% macro figure_value(figure, value) -%}
    case
        when {{ figure }} = 'openings' then cast(count({{ value }}) as double)
        when {{ figure }} = 'median_pay_usd' then median({{ value }})
        else avg({{ value }})
    end
{%- endmacro %}
