with

crawl_runs as (

    select * from {{ source('raw', 'crawl_runs') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- the run of a file states its period, which ends with the file; that of an archive has the board's usual length
final as (

    select
        crawl_runs.run_id,
        crawl_runs.board,
        coalesce(
            cast(cast(crawl_runs.versions['since'] as timestamptz) at time zone 'UTC' as timestamp),
            crawl_runs.as_of - cast(board_systems.archive_period as interval)
        ) as period_start,
        least(
            crawl_runs.as_of,
            cast(cast(crawl_runs.versions['until'] as timestamptz) at time zone 'UTC' as timestamp)
        ) as period_end
    from crawl_runs
    left join board_systems on crawl_runs.board = board_systems.board
    where
        crawl_runs.origin = 'backfill'
        and crawl_runs.status = 'complete'
        and crawl_runs.as_of <= {{ as_of(source('raw', 'crawl_runs')) }}

)

select * from final
