-- Which role families are there? The families of the market, and `all` of them together. One row per role_family.
create view known_roles as
select
    unnest(list_prepend('all', string_split(about.value, ', '))) as role_family -- A family of the market, or `all`.
from about
where about.key = 'ml_role_families';
