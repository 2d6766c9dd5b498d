-- otherwise the effects in rpt_vintages would explain the change of another figure
with

recounted as (

    select
        headline_postings.figure,
        {{ figure_value('headline_postings.figure', 'headline_postings.value') }} as value
    from {{ ref('int_headline_postings') }} as headline_postings
    where headline_postings.is_headline
    group by headline_postings.figure

)

select
    vintages.figure,
    vintages.value,
    recounted.value as recounted_value
from {{ ref('rpt_vintages') }} as vintages
left join recounted on vintages.figure = recounted.figure
where
    vintages.vintage_id = 'this'
    and vintages.value is not null
    and coalesce(abs(vintages.value - recounted.value) > 1e-9 * greatest(1, abs(vintages.value)), true)
