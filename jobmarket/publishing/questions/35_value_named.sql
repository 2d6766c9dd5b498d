-- Is a value among those of these figures? value_named('measure', 'flow', ['flow', 'stock']). An unknown value is an
-- error that lists the known ones, because an empty result would look like no demand. One row per value.
create macro value_named(argument, stated, known) as table
select if(
    list_contains(known, lower(stated)),
    lower(stated),
    error(concat(
        'There is no ', argument, ' ''', stated, ''' in these figures; there are ',
        array_to_string(list_sort(known), ', '), '.'
    ))
) as value;
