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

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

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
        postings.role_family != 'other'
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

reach as (

    select
        max(weeks.week_start) as week_start,
        arg_max(weeks.is_provisional, weeks.week_start) as is_provisional,
        {{ exact_avg('cell_coverage.coverage_ratio') }} as coverage_ratio
    from weeks
    cross join moment
    inner join cell_coverage
        on
            weeks.week_start = cell_coverage.week_start
            and cell_coverage.role_family = 'all'
            and cell_coverage.country = 'all'
    where weeks.week_start >= moment.as_of - to_weeks({{ var('emerging_weeks') }})

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

shares as (

    select
        terms.*,
        coalesce(moves.n_recent, 0) as n_recent,
        coalesce(moves.n_earlier, 0) as n_earlier,
        coalesce(moves.n_only_recent, 0) as n_only_recent,
        coalesce(moves.n_only_earlier, 0) as n_only_earlier,
        employers.n_companies_recent,
        employers.n_companies_earlier,
        coalesce(moves.n_recent, 0) / nullif(employers.n_companies_recent, 0) as recent_share,
        coalesce(moves.n_earlier, 0) / nullif(employers.n_companies_earlier, 0) as earlier_share
    from terms
    cross join employers
    left join moves on terms.term_key = moves.term_key
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
        {{ wilson_bound('shares.earlier_share', 'shares.n_companies_earlier', '1.959964', 'high') }} as earlier_high,
        {{ paired_change_bound('shares.n_only_recent', 'shares.n_only_earlier', 'shares.n_companies_earlier', 'low') }}
            as change_low,
        {{ paired_change_bound('shares.n_only_recent', 'shares.n_only_earlier', 'shares.n_companies_earlier', 'high') }}
            as change_high
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
        {{ effect('bounded.recent_share - bounded.earlier_share') }} as change,
        bounded.change_low,
        bounded.change_high,
        cast(bounded.n_only_recent as integer) as n_companies_only_recent,
        cast(bounded.n_only_earlier as integer) as n_companies_only_earlier,
        -- among employers that changed, more took the term up than dropped it (McNemar's test with Edwards' correction)
        bounded.n_companies_earlier > 0
        and bounded.n_only_recent - bounded.n_only_earlier - 1
        > 1.959964 * sqrt(bounded.n_only_recent + bounded.n_only_earlier) as is_rising,
        reach.week_start,
        {{ cell_status('null', break_reason('reach.coverage_ratio'), 'reach.is_provisional') }}
            as status,
        reach.coverage_ratio
    from bounded
    cross join reach

)

select * from final
