with

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

spellings as (

    select * from {{ ref('int_company_spellings') }}

),

registry as (

    select * from {{ ref('stg_companies') }}

),

company_names as (

    select * from {{ ref('int_company_names') }}

),

agencies as (

    select * from {{ ref('agencies') }}

),

agency_words as (

    select * from {{ ref('agency_words') }}

),

names as (

    select
        postings.company_key,
        postings.company_name,
        postings.is_named,
        count(*) as n_postings
    from postings
    group by all

),

-- a name before a slug; then the spelling that most postings use; of equally frequent ones, the first in the alphabet
best_names as (

    select
        names.company_key,
        names.company_name
    from names
    qualify
        row_number() over (
            partition by names.company_key
            order by names.is_named desc, names.n_postings desc, names.company_name asc
        ) = 1

),

registered as (

    select
        postings.company_key,
        min(registry.sector) as sector,
        min(registry.size_band) as size_band,
        min(registry.hq_country) as hq_country,
        string_agg(distinct registry.registry_basis, '; ' order by registry.registry_basis) as registry_basis
    from postings
    inner join registry
        on
            postings.board = registry.board
            and postings.company_slug = registry.company_slug
    group by postings.company_key

),

companies as (

    select
        postings.company_key,
        list_sort(list(distinct postings.board)) as boards,
        min(lives.first_seen_at) as first_seen_at,
        max(lives.last_seen_at) as last_seen_at
    from postings
    inner join lives on postings.posting_key = lives.posting_key
    group by postings.company_key

),

-- " cabinet d interim ": plain words, each between blanks; without remarks in brackets, which no key has either
plain_names as (

    select
        company_names.name,
        company_names.company_key,
        regexp_replace(
            ' ' || strip_accents(lower(company_names.name)) || ' ', '(?:[(\[][^)\]]*[)\]]|[^a-z0-9])+', ' ', 'g'
        ) as plain_name
    from company_names

),

listed as (

    select distinct plain_names.company_key
    from agencies
    inner join plain_names
        on
            agencies.company_name = plain_names.name
            or (
                agencies.has_branches
                and starts_with(plain_names.plain_name, ' ' || lower(agencies.company_name) || ' ')
            )

),

named as (

    select distinct plain_names.company_key
    from agency_words
    inner join plain_names on contains(plain_names.plain_name, ' ' || agency_words.words)

),

final as (

    select
        companies.company_key,
        coalesce(spellings.spelling, best_names.company_name) as company_name,
        companies.boards,
        registered.sector,
        registered.size_band,
        registered.hq_country,
        registered.registry_basis,
        case
            when listed.company_key is not null then 'listed'
            when named.company_key is not null then 'named'
        end as agency_basis,
        companies.first_seen_at,
        companies.last_seen_at
    from companies
    inner join best_names on companies.company_key = best_names.company_key
    left join spellings on companies.company_key = spellings.company_key
    left join registered on companies.company_key = registered.company_key
    left join listed on companies.company_key = listed.company_key
    left join named on companies.company_key = named.company_key

)

select * from final
