with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

companies as (

    select * from {{ ref('int_companies') }}

),

stated_skills as (

    select * from {{ ref('fct_earlier_version_skills') }}

),

skill_counts as (

    select
        stated_skills.posting_key,
        stated_skills.version_no,
        count(*) as n_skills
    from stated_skills
    group by all

),

final as (

    select
        contents.posting_key,
        contents.version_no,
        contents.board,
        contents.company_slug,
        contents.company_key,
        contents.native_id,
        contents.url,
        contents.title,
        contents.role_family,
        contents.seniority,
        contents.experience_band,
        contents.workplace,
        contents.employment_type,
        contents.degree_min,
        contents.years_min,
        contents.years_max,
        contents.language,
        contents.locations[1].country as country,
        contents.locations[1].region as region,
        contents.locations[1].city as city,
        contents.countries,
        contents.locations,
        contents.remote_scope,
        contents.specialisations,
        contents.languages_asked,
        contents.certifications,
        contents.visa_sponsorship,
        contents.sector,
        contents.company_size,
        contents.company_employees,
        contents.is_for_client,
        {{ is_by_agency('contents', 'companies') }} as is_by_agency,
        contents.has_description,
        cast(coalesce(skill_counts.n_skills, 0) as integer) as n_skills,
        len(contents.salaries) > 0 as has_pay,
        contents.content_hash,
        contents.extractor_version,
        contents.taxonomy_version
    from contents
    inner join companies on contents.company_key = companies.company_key
    left join skill_counts on {{ same('contents', 'skill_counts', ['posting_key', 'version_no']) }}
    where
        not contents.is_current
        and contents.role_family in {{ ml_role_families() }}

)

select * from final
