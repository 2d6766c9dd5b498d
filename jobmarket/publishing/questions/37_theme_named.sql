-- Which theme of these figures is meant? theme_named('mlops'), theme_named('Computer vision'); one that is not here is an error
-- that names those that are, for no rows would read as no demand. One row per theme.
create macro theme_named(stated) as table
select named.value as theme
from value_named(
    'theme', replace(stated, ' ', '_'), (select list(distinct known) from (select unnest(themes) as known from dim_skills))
) as named;
