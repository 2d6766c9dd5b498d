with

companies as (

    select * from {{ ref('int_companies') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

counts as (

    select
        postings.company_key,
        count(*) as n_postings
    from postings
    where postings.is_canonical
    group by postings.company_key

),

final as (

    select
        companies.company_key,
        companies.company_name,
        companies.boards,
        companies.sector,
        companies.size_band,
        companies.hq_country,
        companies.registry_basis,
        companies.agency_basis is not null as is_agency,
        companies.agency_basis,
        cast(coalesce(counts.n_postings, 0) as integer) as n_postings,
        companies.first_seen_at,
        companies.last_seen_at
    from companies
    left join counts on companies.company_key = counts.company_key

)

select * from final
