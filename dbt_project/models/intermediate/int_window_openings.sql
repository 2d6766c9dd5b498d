with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

window_sources as (

    select * from {{ ref('int_window_sources') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

duplicates as (

    select * from {{ ref('int_posting_duplicates') }}

),

-- each opening once over all weeks, copies and rounds, as last shown, preferably by a source of the complete window
shown as (

    select
        window_sources.window_name,
        window_sources.last_week as week_start,
        duplicates.opening_key,
        arg_max(
            struct_pack(posting_key := posting_weeks.posting_key, version_no := posting_weeks.version_no),
            (window_sources.is_throughout, posting_weeks.week_start, posting_weeks.posting_key)
        ) as last_shown,
        bool_or(window_sources.is_throughout) as is_counted
    from posting_weeks
    inner join window_sources
        on
            posting_weeks.board = window_sources.board
            and posting_weeks.company_slug = window_sources.company_slug
            and posting_weeks.week_start between window_sources.first_week and window_sources.last_week
    inner join contents on {{ same('posting_weeks', 'contents', ['posting_key', 'version_no']) }}
    inner join duplicates on posting_weeks.posting_key = duplicates.posting_key
    where
        posting_weeks.measure = 'stock'
        and posting_weeks.is_canonical
        and (contents.has_description or len(contents.salaries) > 0)
    group by all

),

final as (

    select
        shown.window_name,
        shown.week_start,
        shown.opening_key,
        shown.last_shown.posting_key as posting_key,
        shown.last_shown.version_no as version_no,
        shown.is_counted
    from shown

)

select * from final
