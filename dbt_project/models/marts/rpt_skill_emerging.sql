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
    where postings.role_family != 'other'

),

-- employers are the units: ten postings of one say a term once
posters as (

    select
        openings.company_key,
        bool_or(openings.is_recent) as is_recent,
        bool_or(openings.is_earlier) as is_earlier
    from openings
    group by openings.company_key

),

-- those of both periods: who came into the crawls meanwhile brings words that are new to them, not to the market
compared as (

    select posters.company_key
    from posters
    where
        posters.is_recent
        and (posters.is_earlier or not (select bool_or(everybody.is_earlier) from posters as everybody))

),

employers as (

    select
        count(*) as n_companies_recent,
        count(*) filter (where posters.is_earlier) as n_companies_earlier
    from posters
    inner join compared on posters.company_key = compared.company_key

),

reach as (

    select
        max(weeks.week_start) as week_start,
        arg_max(weeks.is_provisional, weeks.week_start) as is_provisional,
        avg(cell_coverage.coverage_ratio) as coverage_ratio
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
        count(distinct compared.company_key) filter (where mentions.is_recent) as n_recent,
        count(distinct compared.company_key) filter (where mentions.is_earlier) as n_earlier
    from mentions
    left join compared on mentions.company_key = compared.company_key
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
        coalesce(bounded.recent_low > bounded.earlier_high, false) as is_rising,
        reach.week_start,
        {{ cell_status('null', break_reason('reach.coverage_ratio'), 'reach.is_provisional') }}
            as status,
        reach.coverage_ratio
    from bounded
    cross join reach

)

select * from final
