-- Which openings of all role families are open at the moment of this vintage (about.as_of)? One posting for each
-- opening, as in the stock of a week: the first of its open copies, preferring those in families of the market. One
-- row per canonical_posting_key.
create view open_postings as
select postings.*
from fct_postings as postings
where postings.is_open
qualify row_number() over (
    partition by postings.canonical_posting_key
    order by
        postings.role_family in (from known_roles) desc,
        postings.copy_no
) = 1;
