with

crawl_runs as (

    select * from {{ source('raw', 'crawl_runs') }}

),

final as (

    select
        crawl_runs.run_id,
        crawl_runs.board,
        crawl_runs.company_slug,
        crawl_runs.company_name,
        crawl_runs.origin,
        crawl_runs.as_of,
        crawl_runs.attempt,
        cast(date_trunc('week', crawl_runs.as_of) as date) as week_start,
        crawl_runs.status,
        crawl_runs.reason,
        -- the board system answered that it has no such company
        crawl_runs.status = 'failed'
        and (
            coalesce(crawl_runs.http_codes['404'], crawl_runs.http_codes['410'], 0) > 0
            and coalesce(crawl_runs.http_codes['200'], 0) = 0
            or coalesce(starts_with(crawl_runs.reason, 'no board of this name'), false)
        ) as is_not_found,
        -- no request was answered, because the name of the company's host leads nowhere
        crawl_runs.status = 'failed'
        and cardinality(crawl_runs.http_codes) = 0
        and coalesce(
            regexp_full_match(
                crawl_runs.reason,
                '(robots\.txt is not available \()?the host name has no public address(\): no request is sent)?'
            ),
            false
        ) as is_host_gone,
        crawl_runs.postings as n_postings,
        crawl_runs.rejected as n_rejected,
        coalesce(crawl_runs.qualifies, false) as qualifies,
        crawl_runs.qualifies_reason
    from crawl_runs
    where
        crawl_runs.as_of <= {{ as_of(source('raw', 'crawl_runs')) }}
        -- reading an archive is not a crawl: it counts as no coverage and closes no posting
        and crawl_runs.origin is distinct from 'backfill'

)

select * from final
