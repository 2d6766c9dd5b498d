-- What did a posting say when a week counted it? Each of its contents that a week may count, and its last one: an edit counts
-- from the week on in which it was seen. Joined to fct_posting_weeks by posting_key and version_no it tells what the
-- figures of that week are made of; fct_postings has the last content of each posting, and all else that is known of it.
-- One row per (posting_key, version_no).
create view posting_versions as
select
    posting_key, version_no, title, url, role_family, seniority, experience_band, workplace, employment_type, degree_min,
    years_min, years_max, country, region, city, locations, specialisations, certifications, sector, has_description,
    has_pay
from (from fct_earlier_versions union all by name from fct_postings);
