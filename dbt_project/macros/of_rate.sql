{# A value read from the exchange rate that an as-of join gave to a row; null if the rate is too old for the row's day.
   of_dollar: the value for US dollars, which need no rate
   of_other: the value for other currencies, as an expression over exchange_rates #}
{% macro of_rate(row, currency, of_dollar, of_other) -%}
    case
        when {{ row }}.{{ currency }} = 'USD' then {{ of_dollar }}
        when {{ row }}.posted_on - exchange_rates.rate_date <= {{ var('max_rate_age_days') }} then {{ of_other }}
    end
{%- endmacro %}
