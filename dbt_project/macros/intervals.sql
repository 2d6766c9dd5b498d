{#
95 % interval of a share p = Y / N in a sample of companies (clusters), where company c has y_c among n_c postings.

Postings of one company resemble each other, so the interval uses an effective number of postings m instead of N:

    K     = N^2 / sum_c n_c^2                                  effective number of companies
    v     = sum_c (y_c - p n_c)^2 / N^2 / (1 - 2 sum_c n_c^3 / (N sum_c n_c^2) + 1 / K)     linearised variance of the
            ratio; the divisor is what the sum comes to if the postings of each company are identical
    rho   = sum (v N^2 - w N) / sum w (sum_c n_c^2 - N),       similarity: intraclass correlation, pooled over the
            w = p (1 - p) + v                                  shares of the cell; clipped to 0 and 1, 1 where unknown
    m     = the smaller of N / (1 + rho (N / K - 1)) and p (1 - p) / v; the former where p is 0 or 1
    t     = 97.5 % quantile of Student's t with K + 3 degrees of freedom: K - 1 from v, and 4 for the pooling
    bounds = (p + t^2 / 2m  -+  t sqrt(p (1 - p) / m + t^2 / 4m^2)) / (1 + t^2 / m)      Wilson's interval

Sources: Cochran, Sampling Techniques (1977), 6.3 (ratio variance); Bell and McCaffrey, Survey Methodology 28 (2002)
(the divisor); Korn and Graubard, Survey Methodology 24 (1998)
(effective sample size, never above the sample); Kish, Survey Sampling (1965), 5.4 and 8.2 (design effect, pooled
over items); Smyth, SAGMB 3 (2004) (a variance that borrows from others of its kind); Wilson, JASA 22 (1927).
A company where y_c = 0 needs no row: sum (y - p n)^2 = sum y^2 - 2 p sum y n + p^2 sum n^2.
#}

{# 97.5 % quantile of Student's t, for whole and fractional degrees of freedom; null below 1. From 5 on it is the
   Cornish-Fisher expansion in 1 / df (Abramowitz and Stegun 26.7.5), below that a polynomial in 1 / df fitted to the
   logarithm of the quantile. Both are within 0.0005. #}
{% macro t_quantile(df) -%}
    case
        when ({{ df }}) < 1 then null
        when ({{ df }}) < 5 then exp(
            0.6735858
            + 1.2029077 / ({{ df }})
            + 0.7366079 / power({{ df }}, 2)
            + 0.1149971 / power({{ df }}, 3)
            - 0.2726935 / power({{ df }}, 4)
            + 0.0866993 / power({{ df }}, 5)
        )
        else
            1.959964
            + 2.372271 / ({{ df }})
            + 2.822498 / power({{ df }}, 2)
            + 2.555850 / power({{ df }}, 3)
            + 1.589534 / power({{ df }}, 4)
    end
{%- endmacro %}

{# A sum that is the same in every build: its terms are added in steps of 1e-18, without rounding. The last digits of a
   sum of doubles depend on the order in which threads add them.
   window: the clause of a window function; none for an aggregate #}
{% macro exact_sum(term, window='') -%}
    cast(sum(cast({{ term }} as decimal(38, 18))) {{ window }} as double)
{%- endmacro %}

{# The mean of exact_sum. #}
{% macro exact_avg(term) -%}
    {{ exact_sum(term) }} / count({{ term }})
{%- endmacro %}

{# Agresti and Min's 95 % interval of the change of a share between two periods of the same companies, from those that
   count in one period only: half a company is added to each of the four groups. Source: Statistics in Medicine 24 (2005). #}
{% macro paired_change_bound(n_only_later, n_only_earlier, n_companies, side) -%}
    case when ({{ n_companies }}) > 0 then {{ 'greatest(-1' if side == 'low' else 'least(1' }}, (
        {{ n_only_later }} - {{ n_only_earlier }}
        {{ '-' if side == 'low' else '+' }} 1.959964 * sqrt(
            {{ n_only_later }} + {{ n_only_earlier }} + 1
            - power({{ n_only_later }} - {{ n_only_earlier }}, 2) / ({{ n_companies }} + 2)
        )
    ) / ({{ n_companies }} + 2)) end
{%- endmacro %}

{# An effect that is a difference of two estimates, without the rounding error of these: where they agree it is 0. The
   zero that is added takes the sign from a rounded -0.0: it is that of the error, which changes from build to build. #}
{% macro effect(difference, digits=12) -%}
    round({{ difference }}, {{ digits }}) + 0
{%- endmacro %}

{# The quantile t of an interval.
   n, nn: number of postings, and sum of the squares of the companies' numbers #}
{% macro interval_t(n, nn) -%}
    {{ t_quantile('power(' ~ n ~ ', 2) / (' ~ nn ~ ') + 3') }}
{%- endmacro %}

{# The number of companies of equal size that need the same factor C / (C - 1) as these companies of unequal size. A
   large company pulls p towards itself, so that its own y - p n is too small; with this number for C, the variance is
   unbiased for equally distributed postings, whatever the sizes. A single company gives exactly 1.
   nnn: sum of the cubes of the companies' numbers #}
{% macro equal_companies(n, nn, nnn) -%}
    1 / (
        2 * ({{ nnn }}) / nullif(cast({{ n }} as double) * ({{ nn }}), 0) - ({{ nn }}) / nullif(power({{ n }}, 2), 0)
    )
{%- endmacro %}

{# equal_companies of a table with one row per company. n: the company's number #}
{% macro equal_companies_of(n) -%}
    {{ equal_companies('sum(' ~ n ~ ')', 'sum(' ~ n ~ ' * ' ~ n ~ ')', 'sum(power(' ~ n ~ ', 3))') }}
{%- endmacro %}

{# The variance v; null for a single company.
   y, n: sums over the companies; yy, yn, nn: sums of y^2, y n and n^2; companies: equal_companies #}
{% macro ratio_variance(y, n, companies, yy, yn, nn) -%}
    (
        ({{ companies }}) / nullif(({{ companies }}) - 1.0, 0)
        * greatest(
            ({{ yy }}) - 2 * {{ share(y, n) }} * ({{ yn }}) + power({{ share(y, n) }}, 2) * ({{ nn }}),
            0
        )
        / power({{ n }}, 2)
    )
{%- endmacro %}

{# The similarity rho of postings of one company, pooled over the shares of one cell or of one kind. The v in w makes up
   for the p (1 - p) that a share estimated from few companies lacks.
   over: the columns of the partition that is pooled; none for all rows
   among: a condition on the rows that are pooled; none for all of the partition #}
{% macro similarity(y, n, companies, yy, yn, nn, over=none, among=none) -%}
    {%- set window = 'over (' ~ ('partition by ' ~ over if over else '') ~ ')' -%}
    {%- set window = 'filter (where ' ~ among ~ ') ' ~ window if among else window -%}
    {%- set v = ratio_variance(y, n, companies, yy, yn, nn) -%}
    {%- set w = '(' ~ share(y, n) ~ ' * (1 - ' ~ share(y, n) ~ ') + ' ~ v ~ ')' -%}
    {%- set between = exact_sum(v ~ ' * power(' ~ n ~ ', 2) - ' ~ w ~ ' * ' ~ n, window) -%}
    {%- set possible = exact_sum(w ~ ' * (' ~ nn ~ ' - ' ~ n ~ ')', window) -%}
    case when {{ possible }} > 0 then least(1.0, greatest(0.0, {{ between }} / {{ possible }})) end
{%- endmacro %}

{# The number of independent postings that n postings of a given similarity are worth. An unknown similarity counts as
   the worst, 1. #}
{% macro pooled_n(n, nn, similarity) -%}
    ({{ n }}) / (1 + coalesce({{ similarity }}, 1.0) * (cast({{ nn }} as double) / nullif({{ n }}, 0) - 1))
{%- endmacro %}

{# The effective number of postings m; the sums are those of ratio_variance. A share known beforehand, such as the half
   below a median, has no similarity: m then follows from v alone, and where p is 0 or 1 each company counts as one
   posting. #}
{% macro effective_n(y, n, companies, yy, yn, nn, similarity=none) -%}
    case
        when ({{ companies }}) <= 1 then null
        when ({{ y }}) = 0 or ({{ y }}) = ({{ n }}) then {{ pooled_n(n, nn, similarity or 'null') }}
        else least(
            {{ pooled_n(n, nn, similarity or '0.0') }},
            {{ share(y, n) }} * (1 - {{ share(y, n) }})
            / nullif({{ ratio_variance(y, n, companies, yy, yn, nn) }}, 0)
        )
    end
{%- endmacro %}

{# The effective number of postings of chained shares, which rest on employers of earlier weeks too: the number that
   would have their variances, pooled over the rows of a partition. Null where no variance is known. #}
{% macro pooled_matched_n(share, variance, over) -%}
    {{ exact_sum(share ~ ' * (1 - ' ~ share ~ ') + ' ~ variance, 'over (partition by ' ~ over ~ ')') }}
    / nullif({{ exact_sum(variance, 'over (partition by ' ~ over ~ ')') }}, 0)
{%- endmacro %}

{# The effective number of postings of a chained share, never above n or the pooled number. A share may be clipped to 0
   or 1, where p (1 - p) / v would be 0: there m is the number whose Wilson bound lies two standard errors away,
   t^2 / (m + t^2) = t sqrt(v) with t = 2. Without a variance and a pooled number, each company counts as one posting,
   as in the plain share. Null for a share between 0 and 1 whose variance is unknown. #}
{% macro matched_effective_n(n, nn, share, variance, pooled) -%}
    case
        when ({{ share }}) in (0, 1) and coalesce({{ variance }}, 0) = 0
            then least(cast({{ n }} as double), coalesce({{ pooled }}, {{ pooled_n(n, nn, 'null') }}))
        when ({{ share }}) + ({{ variance }}) is null then null
        when ({{ share }}) in (0, 1)
            then least(cast({{ n }} as double), {{ pooled }}, greatest(1.0, 2 / sqrt({{ variance }}) - 4))
        else least(
            cast({{ n }} as double),
            {{ pooled }},
            {{ share }} * (1 - {{ share }}) / nullif({{ variance }}, 0)
        )
    end
{%- endmacro %}

{% macro share(y, n) -%}
    (cast({{ y }} as double) / nullif({{ n }}, 0))
{%- endmacro %}

{# One bound of Wilson's interval.
   p: the share; m: the effective number of postings; t: the quantile; side: 'low' or 'high' #}
{% macro wilson_bound(p, m, t, side) -%}
    {#- `least` and `greatest` undo rounding errors at p = 0 and p = 1. They ignore nulls, hence the condition: without
        it they would return a bound where nothing was estimated. -#}
    case when {{ p }} + {{ m }} + {{ t }} is not null then
        {{ 'greatest(0.0, least(' if side == 'low' else 'least(1.0, greatest(' }}{{ p }}, (
            {{ p }} + power({{ t }}, 2) / (2 * {{ m }})
            {{ '-' if side == 'low' else '+' }} {{ t }} * sqrt(
                {{ p }} * (1 - {{ p }}) / {{ m }} + power({{ t }}, 2) / (4 * power({{ m }}, 2))
            )
        ) / (1 + power({{ t }}, 2) / {{ m }})))
    end
{%- endmacro %}

{# The p-quantile of an ascending list, interpolated between neighbours as by DuckDB's quantile_cont. Unlike there, p may
   differ from row to row, as Woodruff's interval of a median needs it. #}
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
