with

lives as (

    select * from {{ ref('int_posting_lives') }}

),

texts as (

    select * from {{ ref('stg_postings') }}

),

posting_versions as (

    select * from {{ ref('int_posting_versions') }}

),

facts as (

    select * from {{ ref('int_posting_facts') }}

),

crawl_runs as (

    select * from {{ ref('stg_crawl_runs') }}

),

registry as (

    select * from {{ ref('stg_companies') }}

),

company_names as (

    select * from {{ ref('int_company_names') }}

),

board_systems as (

    select * from {{ ref('board_systems') }}

),

-- a content is listed once, even if it returned after an edit
versions as (

    select distinct
        posting_versions.posting_key,
        posting_versions.version_no,
        posting_versions.content_hash
    from posting_versions

),

crawled_companies as (

    select
        crawl_runs.board,
        crawl_runs.company_slug,
        list(distinct crawl_runs.company_name) as names,
        arg_max(crawl_runs.company_name, (crawl_runs.as_of, crawl_runs.attempt)) as company_name
    from crawl_runs
    group by all

),

-- without placeholders such as "Confidential"
employer_names as (

    select
        company_names.name,
        company_names.company_key
    from company_names
    where company_names.company_key is not null

),

-- The last content names the employer of all contents. Where a board states no name, that of the registry was landed.
-- If the registry was corrected since, older contents would keep the old name until they are edited.
named as (

    select
        lives.posting_key,
        case
            -- an aggregator's account belongs to no single employer, so only the posting itself can name it
            when board_systems.kind = 'aggregator' then stated.name
            when list_contains(crawled_companies.names, texts.company_name)
                then coalesce(crawled.name, stated.name, registered.name)
            else coalesce(stated.name, crawled.name, registered.name)
        end as name,
        case when board_systems.kind = 'aggregator' then null else lives.company_slug end as own_slug
    from lives
    inner join texts
        on
            lives.posting_key = texts.posting_key
            and lives.content_hash = texts.content_hash
    left join crawled_companies
        on
            lives.board = crawled_companies.board
            and lives.company_slug = crawled_companies.company_slug
    left join registry
        on
            lives.board = registry.board
            and lives.company_slug = registry.company_slug
    left join board_systems on lives.board = board_systems.board
    left join employer_names as stated on texts.company_name = stated.name
    left join employer_names as crawled on crawled_companies.company_name = crawled.name
    left join employer_names as registered on registry.company_name = registered.name

),

final as (

    select
        versions.posting_key,
        versions.version_no,
        versions.content_hash,
        versions.content_hash = lives.content_hash as is_current,
        lives.board,
        lives.company_slug,
        -- an employer's own account is one employer, even without a usable name
        {{ company_key(
            "coalesce(employer_names.company_key, lives.board || '/' || named.own_slug)", 'lives.posting_key'
        ) }} as company_key,
        coalesce(named.name, named.own_slug) as company_name,
        named.name is not null as is_named,
        texts.native_id,
        texts.url,
        facts.public_title as title,
        facts.role_family,
        facts.seniority,
        facts.experience_band,
        facts.workplace,
        facts.employment_type,
        facts.degree_min,
        facts.years_min,
        facts.years_max,
        facts.language,
        coalesce(facts.locations, []) as locations,
        {{ distinct_of(
            location_key('place.city', 'place.region', 'place.country'), 'place', 'facts.locations'
        ) }} as location_keys,
        {{ distinct_of('place.country', 'place', 'facts.locations') }} as countries,
        coalesce(facts.remote_scope, []) as remote_scope,
        coalesce(facts.salaries, []) as salaries,
        coalesce(facts.pay_terms, []) as pay_terms,
        coalesce(facts.candidate_terms, []) as candidate_terms,
        coalesce(facts.certifications, []) as certifications,
        coalesce(facts.specialisations, []) as specialisations,
        coalesce(facts.languages_asked, []) as languages_asked,
        facts.visa_sponsorship,
        facts.sector,
        facts.company_size,
        facts.company_employees,
        coalesce(facts.is_for_client, false) as is_for_client,
        {{ normalised_title('facts.public_title') }} as normalised_title,
        strip_accents(lower(texts.location_text)) as stated_place,
        -- what an excerpt does not say may stand in the rest of the text
        coalesce(facts.has_description and board_systems.text is distinct from 'excerpt', false) as has_description,
        facts.extractor_version,
        facts.taxonomy_version
    from versions
    inner join texts
        on
            versions.posting_key = texts.posting_key
            and versions.content_hash = texts.content_hash
    inner join lives on versions.posting_key = lives.posting_key
    left join facts on versions.content_hash = facts.content_hash
    inner join named on versions.posting_key = named.posting_key
    left join employer_names on coalesce(named.name, named.own_slug) = employer_names.name
    left join board_systems on lives.board = board_systems.board

)

select * from final
