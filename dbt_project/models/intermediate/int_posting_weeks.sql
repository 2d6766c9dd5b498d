with

weeks as (

    select * from {{ ref('int_weeks') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

presences as (

    select * from {{ ref('int_posting_presences') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

market as (

    select
        postings.posting_key,
        postings.board,
        postings.company_slug,
        postings.company_key,
        duplicates.canonical_posting_key,
        duplicates.copy_no
    from postings
    inner join duplicates on postings.posting_key = duplicates.posting_key
    where postings.role_family in {{ ml_role_families() }}

),

stock as (

    select distinct
        weeks.week_start,
        'stock' as measure,
        presences.posting_key
    from presences
    inner join weeks
        on
            presences.present_from < weeks.week_end
            and (
                presences.last_seen_at >= weeks.week_start
                -- not seen in the week, and by its end not known to be gone either
                or presences.present_until >= weeks.week_end
            )

),

flow as (

    select distinct
        presences.flow_week as week_start,
        'flow' as measure,
        presences.posting_key
    from presences
    where presences.flow_week is not null

),

entries as (

    select * from stock
    union all
    select * from flow

),

-- what was there before it flowed is no news: a copy on a board that is dated later, or watched later
openings as (

    select
        market.canonical_posting_key,
        cast(date_trunc('week', min(presences.present_from)) as date) as first_week
    from presences
    inner join market on presences.posting_key = market.posting_key
    group by all

),

-- an opening is in the stock while any of its copies is, and flows once, in the week in which the first of them did:
-- the best of those that are there in the week stands for it, whatever is crawled later
final as (

    select
        entries.week_start,
        entries.measure,
        entries.posting_key,
        market.board,
        market.company_slug,
        market.company_key,
        (entries.measure = 'stock' or entries.week_start = openings.first_week)
        and market.copy_no = min(market.copy_no) over (
            partition by entries.week_start, entries.measure, market.canonical_posting_key
        ) as is_canonical
    from entries
    inner join market on entries.posting_key = market.posting_key
    inner join openings on market.canonical_posting_key = openings.canonical_posting_key

)

select * from final
