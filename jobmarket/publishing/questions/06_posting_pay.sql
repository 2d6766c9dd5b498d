-- What pay does a posting state, as last seen? From the lowest to the highest of its preferred base or unspecified
-- ranges, over all pay zones, without on-target earnings and total packages. The stated amounts are null where the
-- ranges differ in currency or period; use US dollars a year to compare them. For each single range see
-- fct_posting_salaries. One row per posting_key.
create view posting_pay as
select pay.* exclude (version_no)
from version_pay as pay
inner join fct_postings as postings on pay.posting_key = postings.posting_key and pay.version_no = postings.version_no;
