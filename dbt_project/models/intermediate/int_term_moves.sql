with

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

skills as (

    select * from {{ ref('skills') }}

),

moment as (

    select {{ as_of(ref('stg_crawl_runs')) }} as as_of

),

openings as (

    select
        postings.posting_key,
        postings.company_key,
        postings.candidate_terms,
        lives.posted_at,
        lives.posted_at >= moment.as_of - to_weeks({{ var('emerging_weeks') }}) as is_recent,
        lives.posted_at >= moment.as_of - to_weeks(4 * {{ var('emerging_weeks') }})
        and lives.posted_at < moment.as_of - to_weeks({{ var('emerging_weeks') }}) as is_earlier
    from postings
    inner join lives on postings.posting_key = lives.posting_key
    inner join duplicates on postings.posting_key = duplicates.posting_key and duplicates.is_canonical
    cross join moment
    where
        postings.role_family in {{ ml_role_families() }}
        and postings.has_description

),

posters as (

    select
        openings.company_key,
        count(*) filter (where openings.is_recent) as n_recent,
        count(*) filter (where openings.is_earlier) as n_earlier
    from openings
    group by openings.company_key

),

history as (

    select coalesce(bool_or(posters.n_earlier > 0), false) as is_known
    from posters

),

-- employers of both periods only: one that joined the crawls meanwhile brings words that are new here, but not to the
-- market. And equally many postings of both periods: an employer that posts more lists more words at least once
compared as (

    select
        posters.company_key,
        if(history.is_known, least(posters.n_recent, posters.n_earlier), posters.n_recent) as n_compared
    from posters
    cross join history
    where
        posters.n_recent > 0
        and (posters.n_earlier > 0 or not history.is_known)

),

employers as (

    select
        count(*) as n_companies_recent,
        count(*) filter (where posters.n_earlier > 0) as n_companies_earlier
    from posters
    inner join compared on posters.company_key = compared.company_key

),

latest as (

    select
        openings.company_key,
        openings.candidate_terms,
        openings.is_recent
    from openings
    inner join compared on openings.company_key = compared.company_key
    where openings.is_recent or openings.is_earlier
    qualify
        row_number() over (
            partition by openings.company_key, openings.is_recent
            order by openings.posted_at desc, openings.posting_key asc
        ) <= compared.n_compared

),

latest_mentions as (

    select
        latest.company_key,
        latest.is_recent,
        lower(unnest(latest.candidate_terms)) as term_key
    from latest

),

-- employers are the units: ten postings of one employer list a term once
listed as (

    select
        latest_mentions.term_key,
        latest_mentions.company_key,
        bool_or(latest_mentions.is_recent) as is_recent,
        bool_or(not latest_mentions.is_recent) as is_earlier
    from latest_mentions
    group by all

),

moves as (

    select
        listed.term_key,
        count(*) filter (where listed.is_recent) as n_recent,
        count(*) filter (where listed.is_earlier) as n_earlier,
        count(*) filter (where not listed.is_earlier) as n_only_recent,
        count(*) filter (where not listed.is_recent) as n_only_earlier
    from listed
    group by listed.term_key

),

mentions as (

    select
        openings.posting_key,
        openings.company_key,
        openings.posted_at,
        unnest(openings.candidate_terms) as term
    from openings

),

terms as (

    select
        lower(mentions.term) as term_key,
        mode(mentions.term order by mentions.term) as term,
        count(distinct mentions.posting_key) as n_postings,
        count(distinct mentions.company_key) as n_companies,
        min(mentions.posted_at) as first_posted_at
    from mentions
    group by all

),

final as (

    select
        terms.*,
        coalesce(moves.n_recent, 0) as n_recent,
        coalesce(moves.n_earlier, 0) as n_earlier,
        coalesce(moves.n_only_recent, 0) as n_only_recent,
        coalesce(moves.n_only_earlier, 0) as n_only_earlier,
        employers.n_companies_recent,
        employers.n_companies_earlier
    from terms
    cross join employers
    left join moves on terms.term_key = moves.term_key
    left join skills on terms.term_key = lower(skills.name)
    where
        terms.n_companies >= {{ var('min_companies') }}
        and skills.skill_id is null

)

select * from final
