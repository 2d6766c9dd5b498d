{# CTEs distributions and halves: the sorted values of each cell, and the bounds of Woodruff's interval of their median.

   Half of the values are at or below the median. The interval of that share, clustered by company, gives the ranks of
   the values that bound the median. No similarity is pooled here, so the variance corrects for employers of unequal
   size (equal_companies) and Student's t has K - 1 degrees of freedom.

   columns: the columns that make a cell
   also: further columns of distributions, as expressions over `entries`
   company: the column that identifies employers #}
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
            equal_companies_of('company_halves.n_of_company'),
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
