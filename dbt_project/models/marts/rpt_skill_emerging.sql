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
    where postings.role_family != 'other'

),

-- employers are the units: ten postings of one say a term once
employers as (

    select
        count(distinct openings.company_key) filter (where openings.is_recent) as n_companies_recent,
        count(distinct openings.company_key) filter (where openings.is_earlier) as n_companies_earlier
    from openings

),

mentions as (

    select
        openings.posting_key,
        openings.company_key,
        openings.posted_at,
        openings.is_recent,
        openings.is_earlier,
        unnest(openings.candidate_terms) as term
    from openings

),

terms as (

    select
        lower(mentions.term) as term_key,
        mode(mentions.term order by mentions.term) as term,
        count(distinct mentions.posting_key) as n_postings,
        count(distinct mentions.company_key) as n_companies,
        min(mentions.posted_at) as first_posted_at,
        count(distinct mentions.company_key) filter (where mentions.is_recent) as n_recent,
        count(distinct mentions.company_key) filter (where mentions.is_earlier) as n_earlier
    from mentions
    group by all

),

shares as (

    select
        terms.*,
        employers.n_companies_recent,
        employers.n_companies_earlier,
        terms.n_recent / nullif(employers.n_companies_recent, 0) as recent_share,
        terms.n_earlier / nullif(employers.n_companies_earlier, 0) as earlier_share
    from terms
    cross join employers
    left join skills on terms.term_key = lower(skills.name)
    where
        terms.n_companies >= {{ var('min_companies') }}
        and skills.skill_id is null

),

bounded as (

    select
        shares.*,
        {{ wilson_bound('shares.recent_share', 'shares.n_companies_recent', '1.959964', 'low') }} as recent_low,
        {{ wilson_bound('shares.recent_share', 'shares.n_companies_recent', '1.959964', 'high') }} as recent_high,
        {{ wilson_bound('shares.earlier_share', 'shares.n_companies_earlier', '1.959964', 'low') }} as earlier_low,
        {{ wilson_bound('shares.earlier_share', 'shares.n_companies_earlier', '1.959964', 'high') }} as earlier_high
    from shares

),

final as (

    select
        bounded.term,
        cast(bounded.n_postings as integer) as n_postings,
        cast(bounded.n_companies as integer) as n_companies,
        bounded.first_posted_at,
        cast(bounded.n_recent as integer) as n_companies_with_term_recent,
        cast(bounded.n_companies_recent as integer) as n_companies_recent,
        bounded.recent_share,
        bounded.recent_low,
        bounded.recent_high,
        cast(bounded.n_earlier as integer) as n_companies_with_term_earlier,
        cast(bounded.n_companies_earlier as integer) as n_companies_earlier,
        bounded.earlier_share,
        bounded.earlier_low,
        bounded.earlier_high,
        bounded.recent_share / nullif(bounded.earlier_share, 0) as growth,
        coalesce(bounded.recent_low > bounded.earlier_high, false) as is_rising
    from bounded

)

select * from final
