with

-- Four CTEs, each read once: DuckDB materializes a CTE that is read twice, with all texts, and its views forget
-- `not materialized`.
postings as (

    select * from {{ source('raw', 'posting_versions') }}
    -- comment_jobs has a row for each comment; a join with it would keep later filters from reaching the table
    where board not in ('hn', 'greenhouse', 'bundesagentur')

),

greenhouse_postings as (

    select
        * replace (
            -- not "Location Type": one employer's is "On-Site" where the text asks for a quarter of the time there
            {{ employers_field('payload', 'Workplace Type') }} as workplace_text,
            {{ employers_field('payload', 'Employment Type') }} as employment_type_text
        )
    from {{ source('raw', 'posting_versions') }}
    where board = 'greenhouse'

),

bundesagentur_postings as (

    select
        *,
        -- flags of an agency that finds staff for others, and of one that hires its own staff out
        list_contains(
            json_extract_string(
                payload, ['$.detail.istPrivateArbeitsvermittlung', '$.detail.istArbeitnehmerUeberlassung']
            ),
            'true'
        ) as is_for_client
    from {{ source('raw', 'posting_versions') }}
    where board = 'bundesagentur'

),

comments as (

    select * from {{ source('raw', 'posting_versions') }}
    where board = 'hn'

),

comment_jobs as (

    select * from {{ ref('stg_comment_jobs') }}

),

-- contents of a comment that differ only in what its jobs do not show give the same contents of jobs
jobs as (

    select comment_jobs.*
    from comment_jobs
    where comment_jobs.posting_key is not null
    qualify
        row_number() over (partition by comment_jobs.content_hash order by comment_jobs.comment_hash) = 1

),

jobs_of_comments as (

    select
        comments.* replace (
            jobs.posting_key as posting_key,
            jobs.content_hash as content_hash,
            jobs.native_id as native_id,
            jobs.title as title,
            jobs.company_name as company_name,
            jobs.location_text as location_text,
            case
                when jobs.location_text is null then []
                else [
                    struct_pack(
                        text := jobs.location_text,
                        address_locality := cast(null as varchar),
                        address_region := cast(null as varchar),
                        address_country := cast(null as varchar)
                    )
                ]
            end as job_locations,
            jobs.workplace_text as workplace_text,
            jobs.employment_type_text as employment_type_text,
            jobs.pay_text as pay_text
        )
    from comments
    inner join jobs on comments.content_hash = jobs.comment_hash

),

landed as (

    select * from postings
    union all by name
    select * from greenhouse_postings
    union all by name
    select * from bundesagentur_postings
    union all by name
    select * from jobs_of_comments

),

final as (

    select
        landed.posting_key,
        landed.content_hash,
        landed.board,
        landed.company_slug,
        landed.native_id,
        landed.url,
        landed.apply_url,
        landed.title,
        landed.company_name,
        landed.department,
        landed.team,
        landed.location_text,
        landed.job_locations,
        landed.workplace_text,
        landed.is_remote,
        landed.employment_type_text,
        landed.is_for_client,
        landed.base_salary,
        landed.pay_text,
        landed.description_html,
        landed.description_text,
        landed.language,
        landed.requisition_id,
        -- a date before 2000 is a missing number (1970) or a default (the year 1), not one that the board states
        case when landed.date_posted >= timestamp '2000-01-01' then landed.date_posted end as date_posted,
        landed.valid_through,
        landed.landed_run_id
    from landed

)

select * from final
