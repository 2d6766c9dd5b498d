{# CTEs distributions and halves: in each cell the sorted values, and what Woodruff's interval of their median needs.

   The share of values at or below the median is one half; how surely so, company by company, is the interval of that
   share, and the values at its bounds are the bounds of the median. No pool helps it: its variance is that which is
   unbiased where employers are of unequal size, and of Student's t it has K - 1 degrees of freedom. `columns`: what makes a cell; `also`: further
   columns of distributions, as expressions over its rows; `company`: what tells employers apart. #}
{% macro medians(entries, value, columns, also=[], company='company_key') -%}
distributions as (

    select
        {%- for column in columns %}
        {{ entries }}.{{ column }},
        {%- endfor %}
        {%- for expression in also %}
        {{ expression }},
        {%- endfor %}
        list({{ entries }}.{{ value }} order by {{ entries }}.{{ value }}) as sorted_values,
        median({{ entries }}.{{ value }}) as median_value
    from {{ entries }}
    where {{ entries }}.{{ value }} is not null
    group by all

),

company_halves as (

    select
        {%- for column in columns %}
        {{ entries }}.{{ column }},
        {%- endfor %}
        {{ entries }}.{{ company }},
        count(*) as n_of_company,
        count(*) filter (where {{ entries }}.{{ value }} <= distributions.median_value) as n_lower
    from {{ entries }}
    inner join distributions on {{ same(entries, 'distributions', columns) }}
    where {{ entries }}.{{ value }} is not null
    group by all

),

half_sums as (

    select
        {%- for column in columns %}
        company_halves.{{ column }},
        {%- endfor %}
        count(*) as n_companies,
        sum(company_halves.n_of_company) as n_values,
        max(company_halves.n_of_company) as n_of_largest,
        {{ effective_n(
            'sum(company_halves.n_lower)',
            'sum(company_halves.n_of_company)',
            equal_companies(
                'sum(company_halves.n_of_company)',
                'sum(company_halves.n_of_company * company_halves.n_of_company)',
                'sum(power(company_halves.n_of_company, 3))'
            ),
            'sum(company_halves.n_lower * company_halves.n_lower)',
            'sum(company_halves.n_lower * company_halves.n_of_company)',
            'sum(company_halves.n_of_company * company_halves.n_of_company)'
        ) }} as effective_n,
        {{ t_quantile(
            'greatest(1.0, power(sum(company_halves.n_of_company), 2)'
            ~ ' / sum(company_halves.n_of_company * company_halves.n_of_company) - 1)'
        ) }} as t_quantile
    from company_halves
    group by all

),

halves as (

    select
        half_sums.*,
        {{ wilson_bound('0.5', 'half_sums.effective_n', 'half_sums.t_quantile', 'low') }} as half_low,
        {{ wilson_bound('0.5', 'half_sums.effective_n', 'half_sums.t_quantile', 'high') }} as half_high
    from half_sums

)
{%- endmacro %}
