-- an opening published in a week was open during it; its canonical posting in the stock may be another copy
select
    flow.week_start,
    flow.posting_key
from {{ ref('int_posting_weeks') }} as flow
left join {{ ref('int_posting_weeks') }} as stock
    on
        flow.week_start = stock.week_start
        and flow.posting_key = stock.posting_key
        and stock.measure = 'stock'
where
    flow.measure = 'flow'
    and flow.is_canonical
    and stock.posting_key is null
