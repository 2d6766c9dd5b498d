-- Which role family do these figures list under a name? role_named('ml_engineer'), or role_named('all'). An unknown
-- one is an error that lists the known ones. One row per role_family.
create macro role_named(stated) as table
select named.value as role_family
from value_named('role_family', stated, (select list(known.role_family) from known_roles as known)) as named;
