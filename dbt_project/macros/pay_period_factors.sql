{# How many times a period's pay makes a year's: by the country's own custom, else by the world's. #}
{% macro factor_to_year() -%}
    coalesce(of_country.factor_to_year, of_world.factor_to_year)
{%- endmacro %}

{# The joins that it reads: `country` and `period` of the relation before. #}
{% macro join_factors_to_year(country, period) -%}
    left join pay_period_factors as of_country
        on
            {{ country }} = of_country.country
            and {{ period }} = of_country.period
    left join pay_period_factors as of_world
        on
            of_world.country = 'default'
            and {{ period }} = of_world.period
{%- endmacro %}
