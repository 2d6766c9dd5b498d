with

postings as (

    select * from {{ ref('stg_backfill_postings') }}

),

facts as (

    select * from {{ ref('int_posting_facts') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

company_names as (

    select * from {{ ref('int_company_names') }}

),

final as (

    select
        postings.posting_key,
        postings.board,
        postings.company_slug,
        {{ company_key('company_names.company_key', 'postings.posting_key') }} as company_key,
        postings.native_id,
        postings.url,
        facts.public_title as title,
        facts.role_family,
        facts.seniority,
        facts.workplace,
        facts.employment_type,
        facts.locations[1].country as country,
        -- a date after the archive's period is an error of the board
        case when postings.date_posted <= postings.seen_at then postings.date_posted else postings.seen_at end
            as posted_at,
        case when postings.date_posted <= postings.seen_at then 'board' else 'first_seen' end as posted_at_basis,
        cast(
            date_trunc(
                'month',
                case
                    when postings.date_posted <= postings.seen_at then postings.date_posted
                    -- seen_at is the first moment after the archive's period
                    else postings.seen_at - interval 1 second
                end
            ) as date
        ) as month_start,
        postings.seen_at,
        len(coalesce(facts.salaries, [])) > 0 as has_pay,
        -- context is the employer's description of itself, which is no demand
        {{ distinct_of('mention.name', 'mention', 'facts.skills', "mention.level != 'context'") }} as skill_names,
        postings.content_hash,
        facts.extractor_version,
        facts.taxonomy_version
    from postings
    left join facts on postings.content_hash = facts.content_hash
    left join board_systems on postings.board = board_systems.board
    left join company_names
        on
            company_names.name = coalesce(
                postings.company_name,
                case when coalesce(board_systems.kind, 'employer') != 'aggregator' then postings.company_slug end
            )

)

select * from final
