with

postings as (

    select * from {{ ref('fct_history_postings') }}

),

skills as (

    select * from {{ ref('skills') }}

),

periods as (

    select * from {{ ref('stg_backfill_periods') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

crawled_postings as (

    select * from {{ ref('fct_postings') }}

),

months as (

    select distinct
        postings.board,
        postings.month_start
    from postings

),

-- Postings that a crawl saw are no history. The months from the first crawl on, and earlier ones of which it found
-- postings still open, lack some of theirs: a selection by how long they were open.
first_crawls as (

    select
        crawl_runs.board,
        min(crawl_runs.as_of) as first_crawl_at
    from crawl_runs
    group by crawl_runs.board

),

crawled_months as (

    select distinct
        crawled_postings.board,
        date_trunc('month', crawled_postings.posted_at) as month_start
    from crawled_postings
    where
        crawled_postings.posted_at_basis = 'board'
        and crawled_postings.role_family in {{ ml_role_families() }}

),

days as (

    select
        months.board,
        months.month_start,
        unnest(generate_series(
            months.month_start, months.month_start + interval 1 month - interval 1 day, interval 1 day
        )) as day
    from months

),

missing_days as (

    select distinct
        days.board,
        days.month_start
    from days
    where
        not exists (
            select 1
            from periods
            where
                days.board = periods.board
                and days.day >= periods.period_start
                and days.day + interval 1 day <= periods.period_end
        )

),

month_breaks as (

    select
        months.board,
        months.month_start,
        case
            when
                crawled_months.board is not null
                or months.month_start + interval 1 month > first_crawls.first_crawl_at
                then 'without the postings that crawls saw'
            when missing_days.board is not null then 'not all of the month was read'
        end as break_reason
    from months
    left join first_crawls on months.board = first_crawls.board
    left join crawled_months
        on months.board = crawled_months.board and months.month_start = crawled_months.month_start
    left join missing_days
        on months.board = missing_days.board and months.month_start = missing_days.month_start

),

-- each posting counts in its family and in `all` of the market's families
members as (

    select
        postings.posting_key,
        postings.board,
        postings.month_start,
        unnest([postings.role_family, 'all']) as role_family,
        postings.company_key,
        postings.skill_names
    from postings
    where postings.role_family in {{ ml_role_families() }}

),

by_company as (

    select
        members.board,
        members.month_start,
        members.role_family,
        members.company_key,
        count(*) as n
    from members
    group by all

),

cells as (

    select
        by_company.board,
        by_company.month_start,
        by_company.role_family,
        sum(by_company.n) as n_postings,
        count(*) as n_companies,
        max(by_company.n) as n_of_largest,
        sum(power(by_company.n, 2)) as nn,
        {{ equal_companies_of('by_company.n') }} as equal_companies
    from by_company
    group by all

),

mentions as (

    select
        members.board,
        members.month_start,
        members.role_family,
        members.company_key,
        unnest(members.skill_names) as skill_name
    from members

),

mentions_by_company as (

    select
        mentions.board,
        mentions.month_start,
        mentions.role_family,
        mentions.skill_name,
        mentions.company_key,
        count(*) as y
    from mentions
    group by all

),

counted as (

    select
        cells.board,
        cells.month_start,
        cells.role_family,
        skills.skill_id,
        skills.name as skill_name,
        cells.n_postings,
        cells.n_companies,
        cells.n_of_largest,
        cells.nn,
        cells.equal_companies,
        sum(mentions_by_company.y) as n_with_skill,
        sum(power(mentions_by_company.y, 2)) as yy,
        sum(mentions_by_company.y * by_company.n) as yn
    from mentions_by_company
    inner join by_company
        on
            mentions_by_company.board = by_company.board
            and mentions_by_company.month_start = by_company.month_start
            and mentions_by_company.role_family = by_company.role_family
            and mentions_by_company.company_key = by_company.company_key
    inner join cells
        on
            mentions_by_company.board = cells.board
            and mentions_by_company.month_start = cells.month_start
            and mentions_by_company.role_family = cells.role_family
    inner join skills on mentions_by_company.skill_name = skills.name
    group by all

),

-- pooled over the skills of a board, month and family
alike as (

    select
        counted.*,
        {{ similarity(
            'counted.n_with_skill', 'counted.n_postings', 'counted.equal_companies',
            'counted.yy', 'counted.yn', 'counted.nn',
            over='counted.board, counted.month_start, counted.role_family'
        ) }} as similarity
    from counted

),

judged as (

    select
        counted.*,
        {{ floor_reason('counted.n_postings', 'counted.n_companies', 'counted.n_of_largest') }} as floor_reason,
        {{ share('counted.n_with_skill', 'counted.n_postings') }} as share,
        {{ effective_n(
            'counted.n_with_skill', 'counted.n_postings', 'counted.equal_companies',
            'counted.yy', 'counted.yn', 'counted.nn', 'counted.similarity'
        ) }} as effective_n,
        {{ interval_t('counted.n_postings', 'counted.nn') }} as t
    from alike as counted

),

final as (

    select
        judged.board,
        judged.month_start,
        judged.role_family,
        judged.skill_id,
        judged.skill_name,
        cast(judged.n_postings as integer) as n_postings,
        cast(judged.n_companies as integer) as n_companies,
        case when judged.floor_reason is null then cast(judged.n_with_skill as integer) end as n_with_skill,
        case when judged.floor_reason is null then judged.share end as share,
        case
            when judged.floor_reason is null
                then {{ wilson_bound('judged.share', 'judged.effective_n', 'judged.t', 'low') }}
        end as share_low,
        case
            when judged.floor_reason is null
                then {{ wilson_bound('judged.share', 'judged.effective_n', 'judged.t', 'high') }}
        end as share_high,
        case
            when judged.floor_reason is not null then 'suppressed'
            when month_breaks.break_reason is not null then 'coverage_break'
            else 'final'
        end as status,
        coalesce(judged.floor_reason, month_breaks.break_reason) as status_reason
    from judged
    inner join month_breaks
        on judged.board = month_breaks.board and judged.month_start = month_breaks.month_start

)

select * from final
