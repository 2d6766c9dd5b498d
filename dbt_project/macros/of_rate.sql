{# What is told of the dated rate that an as-of join found for a row: of a dollar always `of_dollar`, and of no currency
   what a rate too old to be good for the day would say. #}
{% macro of_rate(row, currency, of_dollar, told) -%}
    case
        when {{ row }}.{{ currency }} = 'USD' then {{ of_dollar }}
        when {{ row }}.posted_on - exchange_rates.rate_date <= {{ var('max_rate_age_days') }} then {{ told }}
    end
{%- endmacro %}
