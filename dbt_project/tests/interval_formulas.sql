-- Compares the macros of macros/intervals.sql with values worked out by hand; each row is a difference.

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
        cases.similarity,
        cases.expected_n,
        cases.expected_low,
        cases.expected_high
    from (
        values
        -- 10 companies with 4 postings each: K = 10, t(13) = 2.160369, t^2 = 4.667192
        -- 2 postings of each have the skill, no variance between companies: m = n = 40
        -- (0.5 + 4.667192/80 -+ 2.160369 sqrt(0.25/40 + 4.667192/6400)) / (1 + 4.667192/40)
        ('even', 20, 40, 10, 40, 80, 160, 0.0, 40.0, 0.3383769, 0.6616231),
        -- 5 companies have the skill in all, 5 in none: v = 10/9 * (80 - 2 * 0.5 * 80 + 0.25 * 160) / 1600 = 1/36,
        -- m = 0.25 * 36
        -- (0.5 + 4.667192/18 -+ 2.160369 sqrt(0.25/9 + 4.667192/324)) / (1 + 4.667192/9)
        ('all or nothing', 20, 40, 10, 80, 80, 160, 0.0, 9.0, 0.2078148, 0.7921852),
        -- no variance between companies, but in the cell's other skills there is: m = 40 / (1 + 0.25 * (160/40 - 1))
        ('alike elsewhere', 20, 40, 10, 40, 80, 160, 0.25, 22.8571429, 0.2941080, 0.7058920),
        -- no posting has the skill: low 0, high 4.667192 / (22.857143 + 4.667192)
        ('none', 0, 40, 10, 0, 0, 160, 0.25, 22.8571429, 0.0, 0.1695660),
        -- and the similarity is unknown: each company counts as one posting; high 4.667192 / (10 + 4.667192)
        ('none, similarity unknown', 0, 40, 10, 0, 0, 160, null, 10.0, 0.0, 0.3182061),
        -- all postings have the skill: the mirror image of none
        ('all', 40, 40, 10, 160, 160, 160, 0.25, 22.8571429, 0.8304340, 1.0)
    ) as cases (label, y, n, companies, yy, yn, nn, similarity, expected_n, expected_low, expected_high)

),

computed as (

    select
        cases.*,
        {{ share('cases.y', 'cases.n') }} as share,
        {{ effective_n(
            'cases.y', 'cases.n', 'cases.companies', 'cases.yy', 'cases.yn', 'cases.nn', 'cases.similarity'
        ) }} as effective_n,
        {{ interval_t('cases.n', 'cases.nn') }} as t_quantile
    from cases

),

bounded as (

    select
        computed.*,
        {{ wilson_bound('computed.share', 'computed.effective_n', 'computed.t_quantile', 'low') }} as share_low,
        {{ wilson_bound('computed.share', 'computed.effective_n', 'computed.t_quantile', 'high') }} as share_high
    from computed

),

-- 'even' has v = 0, w = 1/4; 'all or nothing' v = 1/36, w = 1/4 + 1/36; in 'none' both are 0:
-- (1600/36 - 40 * (1/2 + 1/36)) / ((1/2 + 1/36) * (160 - 40)) = 7/19
pooled as (

    select
        cases.label,
        {{ similarity('cases.y', 'cases.n', 'cases.companies', 'cases.yy', 'cases.yn', 'cases.nn') }} as similarity
    from cases
    where cases.label in ('even', 'all or nothing', 'none')

),

final as (

    select
        bounded.label,
        bounded.effective_n,
        bounded.share_low,
        bounded.share_high
    from bounded
    where
        abs(bounded.effective_n - bounded.expected_n) > 1e-6
        or abs(bounded.share_low - bounded.expected_low) > 1e-5
        or abs(bounded.share_high - bounded.expected_high) > 1e-5

    union all

    select
        'pooled similarity of ' || pooled.label as label,
        pooled.similarity as effective_n,
        null as share_low,
        null as share_high
    from pooled
    where coalesce(abs(pooled.similarity - 7 / 19.0) > 1e-9, true)

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
