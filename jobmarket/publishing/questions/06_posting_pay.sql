-- What does a posting say that it pays, as last seen? From the lowest to the highest of its preferred base or unspecified
-- ranges, those of all its pay zones together; without on-target earnings and total packages. The stated amounts are null
-- where the ranges differ in currency or period: dollars a year compare them. Each range by itself: fct_posting_salaries.
-- One row per posting_key.
create view posting_pay as
select pay.* exclude (version_no)
from version_pay as pay
join fct_postings as postings using (posting_key, version_no);
