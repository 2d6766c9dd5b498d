with

weeks as (

    select * from {{ ref('int_weeks') }}

),

versions as (

    select * from {{ ref('int_posting_versions') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

presences as (

    select * from {{ ref('int_posting_presences') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

-- the weeks of each content that is in the market: an edit may bring a posting into the market or take it out
market as (

    select
        contents.posting_key,
        contents.version_no,
        versions.first_week,
        versions.last_week,
        contents.board,
        contents.company_slug,
        contents.company_key,
        duplicates.canonical_posting_key,
        duplicates.opening_key,
        duplicates.round_no,
        duplicates.is_new,
        duplicates.copy_no,
        count(*) over (partition by duplicates.opening_key) > 1 as has_others
    from versions
    inner join contents on {{ same('versions', 'contents', ['posting_key', 'version_no']) }}
    inner join duplicates on contents.posting_key = duplicates.posting_key
    where contents.role_family in {{ ml_role_families() }}

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
                -- not seen in the week, but by its end not known to be gone either
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

-- when each posting entered the market: a copy that was open before is not new, although another board may date it
-- later or have been crawled only later
entered as (

    select
        market.canonical_posting_key,
        market.last_week,
        presences.last_seen_at,
        presences.present_until,
        -- an edit may bring a posting into the market long after it was published
        greatest(cast(date_trunc('week', presences.present_from) as date), market.first_week) as first_week
    from presences
    inner join market on presences.posting_key = market.posting_key

),

openings as (

    select
        entered.canonical_posting_key,
        min(entered.first_week) as first_week
    from entered
    where
        (entered.last_week is null or entered.first_week <= entered.last_week)
        and (entered.last_seen_at >= entered.first_week or entered.present_until >= entered.first_week + 7)
    group by entered.canonical_posting_key

),

placed as (

    select
        entries.week_start,
        entries.measure,
        entries.posting_key,
        market.version_no,
        market.board,
        market.company_slug,
        market.company_key,
        market.opening_key,
        market.round_no,
        market.copy_no,
        market.has_others,
        entries.measure = 'stock' or (market.is_new and entries.week_start = openings.first_week) as is_in_time
    from entries
    inner join market
        on
            entries.posting_key = market.posting_key
            and (market.first_week is null or entries.week_start >= market.first_week)
            and (market.last_week is null or entries.week_start <= market.last_week)
    inner join openings on market.canonical_posting_key = openings.canonical_posting_key

),

-- limited to openings with several postings, which few have
best_copies as (

    select
        placed.week_start,
        placed.measure,
        placed.opening_key,
        max((placed.round_no, -placed.copy_no)) as best
    from placed
    where placed.has_others and placed.is_in_time
    group by all

),

-- An opening is in the stock while any of its postings is, and in the flow once, in the first week of any copy; a
-- repost soon after is not new. Of the postings that are open in a week, the best copy of the last round is canonical,
-- whatever is crawled later.
final as (

    select
        placed.week_start,
        placed.measure,
        placed.posting_key,
        placed.version_no,
        placed.board,
        placed.company_slug,
        placed.company_key,
        placed.is_in_time
        and (not placed.has_others or (placed.round_no, -placed.copy_no) = best_copies.best) as is_canonical
    from placed
    left join best_copies on {{ same('placed', 'best_copies', ['week_start', 'measure', 'opening_key']) }}

)

select * from final
