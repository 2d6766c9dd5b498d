-- Which role family of these figures is meant? role_named('ml_engineer'), or role_named('all'); one that is not here is an error
-- that names those that are. One row per role_family.
create macro role_named(stated) as table
select named.value as role_family
from value_named('role_family', stated, (select list(known.role_family) from known_roles as known)) as named;
