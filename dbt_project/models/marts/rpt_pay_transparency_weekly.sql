{{ attribute_shares(
    'pay',
    'pay_statement',
    alike_in='cells.week_start, cells.measure, cells.country, series.attribute'
) }}
