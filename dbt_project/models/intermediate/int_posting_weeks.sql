with

weeks as (

    select * from {{ ref('int_weeks') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

spells as (

    select * from {{ ref('int_posting_spells') }}

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
        duplicates.is_canonical
    from postings
    inner join duplicates on postings.posting_key = duplicates.posting_key
    where postings.role_family in {{ ml_role_families() }}

),

stock as (

    select distinct
        weeks.week_start,
        'stock' as measure,
        spells.posting_key
    from spells
    inner join weeks
        on
            spells.opened_at < weeks.week_end
            and (
                spells.last_seen_at >= weeks.week_start
                -- not seen in the week, and by its end not found missing either
                or (
                    (spells.closed_at is null or spells.closed_at >= weeks.week_end)
                    and spells.last_seen_at
                    >= weeks.week_start - interval '{{ 7 * var("expected_for_weeks") }} days'
                )
            )

),

flow as (

    select
        weeks.week_start,
        'flow' as measure,
        lives.posting_key
    from lives
    inner join weeks
        on
            lives.posted_at >= weeks.week_start
            and lives.posted_at < weeks.week_end
    where
        -- the company was watched before, for the whole of the week: its back-log is no flow
        lives.covered_since < lives.first_qualified_sighting_at
        and lives.covered_since <= weeks.week_start
        -- found in time: what comes to light later does not change weeks that are final
        and lives.first_qualified_sighting_at
        < weeks.week_end + interval '{{ var("provisional_days") }} days'

),

entries as (

    select * from stock
    union all
    select * from flow

),

final as (

    select
        entries.week_start,
        entries.measure,
        entries.posting_key,
        market.board,
        market.company_slug,
        market.company_key,
        market.is_canonical
    from entries
    inner join market on entries.posting_key = market.posting_key

)

select * from final
