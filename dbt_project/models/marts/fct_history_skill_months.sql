with

postings as (

    select * from {{ ref('fct_history_postings') }}

),

skills as (

    select * from {{ ref('skills') }}

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
        sum(power(by_company.n, 2)) as nn
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
            'counted.n_with_skill', 'counted.n_postings', 'counted.n_companies',
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
            'counted.n_with_skill', 'counted.n_postings', 'counted.n_companies',
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
        case when judged.floor_reason is null then 'final' else 'suppressed' end as status,
        judged.floor_reason as status_reason
    from judged

)

select * from final
