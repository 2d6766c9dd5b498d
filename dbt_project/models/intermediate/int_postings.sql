with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

final as (

    select
        contents.posting_key,
        contents.version_no,
        contents.content_hash,
        contents.board,
        contents.company_slug,
        contents.company_key,
        contents.company_name,
        contents.is_named,
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
        contents.locations,
        contents.location_keys,
        contents.countries,
        contents.remote_scope,
        contents.salaries,
        contents.candidate_terms,
        contents.certifications,
        contents.specialisations,
        contents.languages_asked,
        contents.visa_sponsorship,
        contents.sector,
        contents.company_size,
        contents.company_employees,
        contents.is_for_client,
        contents.normalised_title,
        contents.stated_place,
        contents.has_description,
        contents.extractor_version,
        contents.taxonomy_version
    from contents
    where contents.is_current

)

select * from final
