{# The factor from a period's pay to a year's: the country's own, else the default. Reads the joins below. #}
{% macro factor_to_year() -%}
    coalesce(of_country.factor_to_year, of_world.factor_to_year)
{%- endmacro %}

{# The joins that factor_to_year reads.
   country, period: columns of a relation joined before #}
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
