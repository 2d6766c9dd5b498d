with

headline_postings as (

    select * from {{ ref('int_headline_postings') }}

),

published_postings as (

    select * from {{ ref('stg_published_figure_postings') }}

),

previous_vintage as (

    select * from {{ ref('int_previous_vintage') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

content_versions as (

    select * from {{ ref('int_posting_versions') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

-- the previous vintage, and which versions have changed since
changes as (

    select
        previous_vintage.vintage_id,
        previous_vintage.as_of,
        previous_vintage.week_start,
        previous_vintage.taxonomy_version != versions.taxonomy_version
        or previous_vintage.extractor_version != versions.extractor_version as is_new_reading,
        previous_vintage.extractor_version != versions.extractor_version as is_new_parser,
        previous_vintage.method_version != versions.method_version as is_new_method
    from previous_vintage
    cross join versions

),

-- the headline week of the previous vintage, posting by posting, as counted then and now
then_postings as (

    select published_postings.*
    from published_postings
    inner join changes on published_postings.vintage_id = changes.vintage_id

),

now_postings as (

    select headline_postings.*
    from headline_postings
    inner join changes on headline_postings.week_start = changes.week_start

),

both_times as (

    select
        coalesce(then_postings.figure, now_postings.figure) as figure,
        coalesce(then_postings.posting_key, now_postings.posting_key) as posting_key,
        then_postings.value as value_then,
        now_postings.value as value_now,
        then_postings.content_hash as content_then
    from then_postings
    full outer join now_postings
        on {{ same('then_postings', 'now_postings', ['figure', 'posting_key']) }}

),

-- the content that is valid in that week, by current data
valid as (

    select
        contents.posting_key,
        contents.content_hash,
        contents.role_family
    from content_versions
    inner join contents on {{ same('content_versions', 'contents', ['posting_key', 'version_no']) }}
    inner join changes
        on
            (content_versions.first_week is null or content_versions.first_week <= changes.week_start)
            and (content_versions.last_week is null or content_versions.last_week >= changes.week_start)

),

judged as (

    select
        both_times.*,
        changes.is_new_reading,
        changes.is_new_parser,
        changes.is_new_method,
        coalesce(both_times.content_then = valid.content_hash, false) as is_same_text,
        coalesce(valid.role_family in {{ ml_role_families() }}, false) as is_in_market,
        coalesce(lives.first_seen_at > changes.as_of, false) as is_seen_later,
        -- a posting seen only by a run that was withdrawn since has no life any more
        coalesce(lives.closed_at > changes.as_of, lives.posting_key is null) as is_closed_later
    from both_times
    cross join changes
    left join valid on both_times.posting_key = valid.posting_key
    left join lives on both_times.posting_key = lives.posting_key

),

-- first the effect of reading the same texts again: another value, or a move out of the market or into it
read_again as (

    select
        judged.*,
        case
            when not judged.is_new_reading then judged.value_then
            -- the extractor determines the role family, and thereby which postings are in the market
            when
                judged.value_then is null
                and judged.is_new_parser
                and not judged.is_new_method
                and not judged.is_seen_later
                then judged.value_now
            when judged.is_same_text and judged.value_now is not null then judged.value_now
            when judged.is_same_text and not judged.is_in_market then null
            else judged.value_then
        end as value_read
    from judged

),

-- then the effect of late data: postings that were seen, closed or withdrawn since, or got another content from a late
-- run; if the method is the same, everything that is left
with_late_data as (

    select
        read_again.*,
        case
            when not read_again.is_new_method then read_again.value_now
            when read_again.value_then is null and read_again.is_seen_later then read_again.value_now
            when read_again.value_then is not null and read_again.value_now is null and read_again.is_closed_later
                then null
            when read_again.value_then is not null and not read_again.is_same_text then read_again.value_now
            else read_again.value_read
        end as value_later
    from read_again

),

steps as (

    select
        with_late_data.figure,
        {{ figure_value('with_late_data.figure', 'with_late_data.value_then') }} as value_then,
        {{ figure_value('with_late_data.figure', 'with_late_data.value_read') }} as value_read,
        {{ figure_value('with_late_data.figure', 'with_late_data.value_later') }} as value_later,
        {{ figure_value('with_late_data.figure', 'with_late_data.value_now') }} as value_now
    from with_late_data
    group by with_late_data.figure

),

newest as (

    select
        headline_postings.figure,
        {{ figure_value('headline_postings.figure', 'headline_postings.value') }} as value_newest
    from headline_postings
    where headline_postings.is_headline
    group by headline_postings.figure

),

final as (

    select
        steps.figure,
        steps.value_then as previous_value,
        steps.value_read - steps.value_then as reading_effect,
        steps.value_later - steps.value_read as late_data_effect,
        steps.value_now - steps.value_later as method_effect,
        newest.value_newest - steps.value_now as new_data_effect,
        newest.value_newest as value
    from steps
    inner join newest on steps.figure = newest.figure

)

select * from final
