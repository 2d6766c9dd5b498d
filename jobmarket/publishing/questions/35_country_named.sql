-- Which country of these figures is meant? country_named('us'), country_named('Germany'), or country_named('all'); one that
-- is not here is an error, for no rows would read as no demand. One row per country.
create macro country_named(place) as table
select coalesce(
    if(lower(place) = 'all', 'all', min(known.country)),
    error(concat('There is no country ''', place, ''' in these figures: dim_locations lists them, as US or GB.'))
) as country
from dim_locations as known
where known.country = if(upper(place) = 'UK', 'GB', upper(place)) or lower(known.country_name) = lower(place);
