with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

window_sources as (

    select * from {{ ref('int_window_sources') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

-- however many weeks, copies and rounds it was open in: as a source of the whole window showed it last, if any did
final as (

    select
        window_sources.window_name,
        window_sources.last_week as week_start,
        postings.opening_key,
        arg_max(
            posting_weeks.posting_key,
            (window_sources.is_throughout, posting_weeks.week_start, posting_weeks.posting_key)
        ) as posting_key,
        bool_or(window_sources.is_throughout) as is_counted
    from posting_weeks
    inner join window_sources
        on
            posting_weeks.board = window_sources.board
            and posting_weeks.company_slug = window_sources.company_slug
            and posting_weeks.week_start between window_sources.first_week and window_sources.last_week
    inner join postings on posting_weeks.posting_key = postings.posting_key
    where
        posting_weeks.measure = 'stock'
        and posting_weeks.is_canonical
        and (postings.has_description or postings.has_pay)
    group by all

)

select * from final
