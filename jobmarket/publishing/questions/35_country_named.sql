-- Which country of these figures is meant? country_named('us'), country_named('Germany'), or country_named('all'); one that
-- is not here is an error, for no rows would read as no demand. One row per country.
create macro country_named(stated) as table
with asked (place) as (select stated)
select coalesce(
    if(lower(asked.place) = 'all', 'all', min(known.country)),
    error(concat('There is no country ''', asked.place, ''' in these figures: dim_locations lists them, as US or GB.'))
) as country
from asked
left join dim_locations as known
    on known.country = if(upper(asked.place) = 'UK', 'GB', upper(asked.place)) or lower(known.country_name) = lower(asked.place)
group by asked.place;
