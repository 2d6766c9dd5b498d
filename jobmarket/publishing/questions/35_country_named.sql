-- Which country do these figures list under a name? country_named('us'), country_named('Germany'), or
-- country_named('all'). An unknown country is an error, because an empty result would look like no demand. One row per
-- country.
create macro country_named(stated) as table
with chosen (place) as (select stated)
select coalesce(
    if(lower(chosen.place) = 'all', 'all', min(known.country)),
    error(concat('There is no country ''', chosen.place, ''' in these figures: dim_locations lists them, as US or GB.'))
) as country
from chosen
left join dim_locations as known
    on known.country = case upper(chosen.place) when 'UK' then 'GB' when 'USA' then 'US' else upper(chosen.place) end
        or lower(known.country_name) = lower(chosen.place)
group by chosen.place;
