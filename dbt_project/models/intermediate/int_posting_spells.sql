with

sightings as (

    select * from {{ ref('stg_sightings') }}

),

postings as (

    select * from {{ ref('stg_postings') }}

),

crawl_moments as (

    select * from {{ ref('int_crawl_moments') }}

),

-- numbered, because integers compare several times faster than names
accounts as (

    select
        postings.board,
        postings.company_slug,
        cast(row_number() over (order by postings.board, postings.company_slug) as integer) as account_no
    from postings
    group by postings.board, postings.company_slug

),

owners as (

    select distinct
        postings.posting_key,
        accounts.account_no
    from postings
    inner join accounts on {{ same('postings', 'accounts', ['board', 'company_slug']) }}

),

-- two rows if two runs of one moment saw a posting, which makes no difference below
seen_moments as (

    select
        sightings.posting_key,
        owners.account_no,
        sightings.seen_at
    from sightings
    inner join owners on sightings.posting_key = owners.posting_key

),

-- a company has few moments but many sightings, so closings are looked up by moment
account_moments as (

    select distinct
        accounts.account_no,
        accounts.board,
        accounts.company_slug,
        seen_moments.seen_at
    from seen_moments
    inner join accounts on seen_moments.account_no = accounts.account_no

),

closings as (

    select
        account_moments.account_no,
        account_moments.seen_at,
        coalesce(crawl_moments.qualifies and crawl_moments.as_of = account_moments.seen_at, false) as qualifies,
        crawl_moments.next_closing_at
    from account_moments
    -- an as-of join keeps sightings whose run has no record for the company
    asof left join crawl_moments
        on
            account_moments.board = crawl_moments.board
            and account_moments.company_slug = crawl_moments.company_slug
            and account_moments.seen_at >= crawl_moments.as_of

),

marked as (

    select
        seen_moments.posting_key,
        seen_moments.account_no,
        seen_moments.seen_at,
        closings.qualifies,
        closings.next_closing_at
    from seen_moments
    inner join closings on {{ same('seen_moments', 'closings', ['account_no', 'seen_at']) }}

),

-- a posting missing from a closing moment between two sightings was closed and came back
reopenings as (

    select
        marked.*,
        coalesce(
            lag(marked.next_closing_at) over (partition by marked.posting_key order by marked.seen_at)
            < marked.seen_at,
            false
        ) as is_reopening
    from marked

),

reopened as (

    select distinct reopenings.posting_key
    from reopenings
    where reopenings.is_reopening

),

-- the window function is limited to the few postings that came back
numbered as (

    select
        reopenings.*,
        1 as spell_no
    from reopenings
    anti join reopened on reopenings.posting_key = reopened.posting_key
    union all
    select
        reopenings.*,
        1 + sum(cast(reopenings.is_reopening as integer))
            over (partition by reopenings.posting_key order by reopenings.seen_at)
            as spell_no
    from reopenings
    semi join reopened on reopenings.posting_key = reopened.posting_key

),

spells as (

    select
        numbered.posting_key,
        numbered.account_no,
        numbered.spell_no,
        min(numbered.seen_at) as opened_at,
        max(numbered.seen_at) as last_seen_at,
        min(numbered.seen_at) filter (where numbered.qualifies) as first_qualified_sighting_at,
        -- of the last sighting, even if null: the struct keeps arg_max from skipping to an earlier one
        arg_max(struct_pack(closed_at := numbered.next_closing_at), numbered.seen_at).closed_at as closed_at
    from numbered
    group by all

),

final as (

    select
        spells.posting_key,
        accounts.board,
        accounts.company_slug,
        cast(spells.spell_no as integer) as spell_no,
        spells.opened_at,
        spells.last_seen_at,
        spells.first_qualified_sighting_at,
        spells.closed_at
    from spells
    inner join accounts on spells.account_no = accounts.account_no

)

select * from final
