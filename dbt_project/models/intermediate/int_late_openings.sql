with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- weeks that are not final, and those they are compared with, up to thirteen weeks before
compared as (

    select weeks.week_start
    from weeks
    where
        weeks.week_start >= (
            select min(provisional.week_start) - 7 * 13
            from weeks as provisional
            where provisional.is_provisional
        )

),

-- an opening was discovered with the first of its copies
discovered as (

    select
        posting_weeks.week_start,
        posting_weeks.posting_key,
        posting_weeks.version_no,
        posting_weeks.is_canonical,
        min({{ days_after_the_week('posting_weeks.week_start', 'lives.first_qualified_sighting_at') }}) over (
            partition by posting_weeks.week_start, duplicates.canonical_posting_key
        ) as found_after_days
    from posting_weeks
    inner join compared on posting_weeks.week_start = compared.week_start
    inner join lives on posting_weeks.posting_key = lives.posting_key
    inner join duplicates on posting_weeks.posting_key = duplicates.posting_key
    where posting_weeks.measure = 'flow'

),

final as (

    select
        discovered.week_start,
        discovered.posting_key,
        discovered.version_no,
        discovered.found_after_days
    from discovered
    where
        discovered.is_canonical
        -- a week that is over includes what was discovered on the first day after it
        and discovered.found_after_days > 1

)

select * from final
