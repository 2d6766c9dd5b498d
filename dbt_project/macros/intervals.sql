{#
95 % intervals of a share p = Y / N in a sample of companies (clusters), where company c shows y_c of n_c postings.

Postings of one company resemble each other, so the n in the formula is not the number of postings:

    v     = C / (C - 1) * sum_c (y_c - p n_c)^2 / N^2          linearised variance of the ratio, C companies
    deff  = v / (p (1 - p) / N), at least 1                    design effect; 1 where p is 0 or 1 and v says nothing
    m     = N / deff                                           effective number of postings
    t     = 97.5 % quantile of Student's t with C - 1 degrees of freedom
    bounds = (p + t^2 / 2m  -+  t sqrt(p (1 - p) / m + t^2 / 4m^2)) / (1 + t^2 / m)      Wilson's interval

Sources: Cochran, Sampling Techniques (1977), 6.3 (ratio variance); Korn and Graubard, Survey Methodology 24 (1998)
(effective sample size, never above the sample); Wilson, JASA 22 (1927).
The sum needs no row per company without the skill: sum (y - p n)^2 = sum y^2 - 2 p sum y n + p^2 sum n^2.
#}

{# 97.5 % quantile of Student's t. Exact for 1 to 4 degrees of freedom, beyond by the Cornish-Fisher expansion in
   1 / df (Abramowitz and Stegun 26.7.5), which is within 0.0005 there. Null without a degree of freedom. #}
{% macro t_quantile(df) -%}
    case
        when ({{ df }}) < 1 then null
        when ({{ df }}) = 1 then 12.706205
        when ({{ df }}) = 2 then 4.302653
        when ({{ df }}) = 3 then 3.182446
        when ({{ df }}) = 4 then 2.776445
        else
            1.959964
            + 2.372271 / ({{ df }})
            + 2.822498 / power({{ df }}, 2)
            + 2.555850 / power({{ df }}, 3)
            + 1.589534 / power({{ df }}, 4)
    end
{%- endmacro %}

{# The effective number of postings m. y, n: sums over the companies; yy, yn, nn: sums of y^2, y n and n^2. #}
{% macro effective_n(y, n, companies, yy, yn, nn) -%}
    case
        when ({{ y }}) = 0 or ({{ y }}) = ({{ n }}) then cast({{ n }} as double)
        when ({{ companies }}) < 2 then null
        else least(
            cast({{ n }} as double),
            {{ share(y, n) }} * (1 - {{ share(y, n) }})
            / nullif(
                ({{ companies }}) / (({{ companies }}) - 1.0)
                * greatest(
                    ({{ yy }})
                    - 2 * {{ share(y, n) }} * ({{ yn }})
                    + power({{ share(y, n) }}, 2) * ({{ nn }}),
                    0
                )
                / power({{ n }}, 2),
                0
            )
        )
    end
{%- endmacro %}

{# The effective number of postings of a share whose variance is known, never above the number there are. A chained
   share may be clipped to 0 or 1, where p (1 - p) / v would be no posting at all: there it is the m whose Wilson bound
   lies two standard errors off, t^2 / (m + t^2) = t sqrt(v) with t = 2. Null where nothing is known of the variance of
   a share in between. #}
{% macro capped_effective_n(n, share, variance) -%}
    case
        when ({{ share }}) in (0, 1) and coalesce({{ variance }}, 0) = 0 then cast({{ n }} as double)
        when ({{ share }}) + ({{ variance }}) is null then null
        when ({{ share }}) in (0, 1)
            then least(cast({{ n }} as double), greatest(1.0, 2 / sqrt({{ variance }}) - 4))
        else least(
            cast({{ n }} as double),
            {{ share }} * (1 - {{ share }}) / nullif({{ variance }}, 0)
        )
    end
{%- endmacro %}

{% macro share(y, n) -%}
    (cast({{ y }} as double) / nullif({{ n }}, 0))
{%- endmacro %}

{# One bound of Wilson's interval; `side` is 'low' or 'high'. p: the share, m: effective postings, t: the quantile. #}
{% macro wilson_bound(p, m, t, side) -%}
    {#- The outer pair takes back what rounding adds at p = 0 and p = 1. It passes over nulls: where nothing was estimated,
        it would answer with a bound all the same. -#}
    case when {{ p }} + {{ m }} + {{ t }} is not null then
        {{ 'greatest(0.0, least(' if side == 'low' else 'least(1.0, greatest(' }}{{ p }}, (
            {{ p }} + power({{ t }}, 2) / (2 * {{ m }})
            {{ '-' if side == 'low' else '+' }} {{ t }} * sqrt(
                {{ p }} * (1 - {{ p }}) / {{ m }} + power({{ t }}, 2) / (4 * power({{ m }}, 2))
            )
        ) / (1 + power({{ t }}, 2) / {{ m }})))
    end
{%- endmacro %}

{# The p-quantile of an ascending list, interpolated between neighbours as DuckDB's quantile_cont does. Unlike it,
   p may differ from row to row: Woodruff's interval of a median reads the values at the bounds of its share. #}
{% macro quantile_of_sorted(sorted_values, p) -%}
    (
        {{ sorted_values }}[cast(floor((len({{ sorted_values }}) - 1) * ({{ p }})) as bigint) + 1]
        + ((len({{ sorted_values }}) - 1) * ({{ p }}) - floor((len({{ sorted_values }}) - 1) * ({{ p }})))
        * (
            {{ sorted_values }}[cast(ceil((len({{ sorted_values }}) - 1) * ({{ p }})) as bigint) + 1]
            - {{ sorted_values }}[cast(floor((len({{ sorted_values }}) - 1) * ({{ p }})) as bigint) + 1]
        )
    )
{%- endmacro %}
