-- The macros of macros/intervals.sql against values worked out by hand (see the formulas there); a row is a difference.

with

cases as (

    select
        cases.label,
        cases.y,
        cases.n,
        cases.companies,
        cases.yy,
        cases.yn,
        cases.nn,
        cases.expected_n,
        cases.expected_low,
        cases.expected_high
    from (
        values
        -- 10 companies with 4 postings each, 2 of them with the skill: no variance between them, so m = n = 40;
        -- t(9) = 2.262157, t^2 = 5.117355
        -- (0.5 + 5.117355/80 -+ 2.262157 sqrt(0.25/40 + 5.117355/6400)) / (1 + 5.117355/40)
        ('even', 20, 40, 10, 40, 80, 160, 40.0, 0.3316082, 0.6683918),
        -- 10 companies with 4 postings each, 5 have the skill in all, 5 in none:
        -- v = 10/9 * (80 - 2 * 0.5 * 80 + 0.25 * 160) / 1600 = 1/36, m = 0.25 * 36 = 9
        -- (0.5 + 5.117355/18 -+ 2.262157 sqrt(0.25/9 + 5.117355/324)) / (1 + 5.117355/9)
        ('all or nothing', 20, 40, 10, 80, 80, 160, 9.0, 0.1989656, 0.8010344),
        -- nobody: p = 0, m = n = 40: low 0, high (5.117355/80 + 5.117355/80) / (1 + 5.117355/40) = 0.1134232
        ('nobody', 0, 40, 10, 0, 0, 160, 40.0, 0.0, 0.1134232),
        -- everybody: the mirror image
        ('everybody', 40, 40, 10, 160, 160, 160, 40.0, 0.8865768, 1.0)
    ) as cases (label, y, n, companies, yy, yn, nn, expected_n, expected_low, expected_high)

),

computed as (

    select
        cases.*,
        {{ share('cases.y', 'cases.n') }} as share,
        {{ effective_n('cases.y', 'cases.n', 'cases.companies', 'cases.yy', 'cases.yn', 'cases.nn') }} as effective_n,
        {{ t_quantile('cases.companies - 1') }} as t_quantile
    from cases

),

bounded as (

    select
        computed.*,
        {{ wilson_bound('computed.share', 'computed.effective_n', 'computed.t_quantile', 'low') }} as share_low,
        {{ wilson_bound('computed.share', 'computed.effective_n', 'computed.t_quantile', 'high') }} as share_high
    from computed

),

final as (

    select
        bounded.label,
        bounded.effective_n,
        bounded.share_low,
        bounded.share_high
    from bounded
    where
        abs(bounded.effective_n - bounded.expected_n) > 1e-9
        or abs(bounded.share_low - bounded.expected_low) > 1e-5
        or abs(bounded.share_high - bounded.expected_high) > 1e-5

    union all

    select
        'median of an even list' as label,
        {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '0.5') }} as effective_n,
        {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '0.0') }} as share_low,
        {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '1.0') }} as share_high
    where
        {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '0.5') }} != 3
        or {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '0.0') }} != 1
        or {{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '1.0') }} != 8
        or abs({{ quantile_of_sorted('[1.0, 2.0, 4.0, 8.0]', '0.9') }} - 6.8) > 1e-9

)

select * from final
