with

postings as (

    select * from {{ ref('int_postings') }}

),

companies as (

    select * from {{ ref('int_companies') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

presences as (

    select * from {{ ref('int_posting_presences') }}

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

counted_pay as (

    select * from {{ ref('fct_counted_pay') }}

),

skill_counts as (

    select
        posting_skills.posting_key,
        count(*) as n_skills
    from posting_skills
    group by posting_skills.posting_key

),

final as (

    select
        postings.posting_key,
        postings.board,
        postings.company_slug,
        postings.company_key,
        postings.native_id,
        postings.url,
        postings.title,
        postings.role_family,
        postings.seniority,
        postings.experience_band,
        postings.workplace,
        postings.employment_type,
        postings.degree_min,
        postings.years_min,
        postings.years_max,
        postings.language,
        postings.locations[1].country as country,
        postings.locations[1].region as region,
        postings.locations[1].city as city,
        {{ location_key(
            'postings.locations[1].city', 'postings.locations[1].region', 'postings.locations[1].country'
        ) }} as location_key,
        cast(len(postings.locations) as integer) as n_locations,
        postings.countries,
        postings.locations,
        postings.remote_scope,
        postings.specialisations,
        postings.languages_asked,
        postings.certifications,
        postings.visa_sponsorship,
        postings.sector,
        postings.company_size,
        postings.company_employees,
        postings.is_for_client,
        {{ is_by_agency('postings', 'companies') }} as is_by_agency,
        lives.posted_at,
        lives.posted_at_basis,
        cast(date_trunc('week', lives.posted_at) as date) as posted_week,
        lives.first_seen_at,
        lives.last_seen_at,
        presences.stated_end_at,
        lives.closed_after,
        lives.closed_at,
        presences.present_until,
        presences.present_until_basis,
        presences.present_until > {{ as_of(ref('stg_crawl_runs')) }} as is_open,
        lives.n_reopened,
        duplicates.is_canonical,
        duplicates.canonical_posting_key,
        duplicates.copy_no,
        duplicates.opening_key,
        duplicates.repost_of,
        postings.has_description,
        cast(coalesce(skill_counts.n_skills, 0) as integer) as n_skills,
        len(postings.salaries) > 0 as has_pay,
        counted_pay.salary_usd_annual,
        postings.content_hash,
        postings.version_no,
        lives.n_versions,
        lives.first_run_id,
        lives.last_run_id,
        postings.extractor_version,
        postings.taxonomy_version
    from postings
    inner join companies on postings.company_key = companies.company_key
    inner join lives on postings.posting_key = lives.posting_key
    inner join duplicates on postings.posting_key = duplicates.posting_key
    inner join presences on postings.posting_key = presences.posting_key and presences.is_last
    left join skill_counts on postings.posting_key = skill_counts.posting_key
    left join counted_pay
        on {{ same('postings', 'counted_pay', ['posting_key', 'version_no']) }} and counted_pay.country = 'all'

)

select * from final
