-- Which of the values that these figures have is meant? value_named('measure', 'flow', ['flow', 'stock']); one that is not among them
-- is an error that names them, for no rows would read as no demand. One row per value.
create macro value_named(argument, stated, known) as table
select if(
    list_contains(known, lower(stated)),
    lower(stated),
    error(concat(
        'There is no ', argument, ' ''', stated, ''' in these figures; there are ',
        array_to_string(list_sort(known), ', '), '.'
    ))
) as value;
