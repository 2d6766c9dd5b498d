-- What did a posting say when a week counted it? Each content that a week may count, including the last one; an edit
-- counts from the week in which it was seen. Join it to fct_posting_weeks by posting_key and version_no to get what
-- that week's figures are made of. fct_postings has the last content of each posting, and everything else known about
-- it. One row per (posting_key, version_no).
create view posting_versions as
with versions as (
    from fct_earlier_versions
    union all by name
    from fct_postings
)
select
    posting_key, version_no, title, url, role_family, seniority, experience_band, workplace, employment_type,
    degree_min, years_min, years_max, country, region, city, countries, locations, specialisations, certifications,
    sector, is_by_agency, has_description, has_pay
from versions;
