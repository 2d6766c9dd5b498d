-- Who is hiring for machine-learning roles at the moment of this vintage (about.as_of)? Employers by number of open
-- openings, then agencies, without postings that name no employer. For shares of the last finished week with intervals
-- see rpt_employers. One row per company_key.
create view who_is_hiring_now as
select
    companies.company_key, companies.company_name, companies.sector, companies.size_band, companies.hq_country,
    companies.is_agency,
    count(*)::integer as n_postings -- Its open postings in role families of the market.
from open_ml_postings as postings
inner join dim_companies as companies on postings.company_key = companies.company_key
where companies.company_name is not null
group by all
order by companies.is_agency asc, n_postings desc, companies.company_key asc;
