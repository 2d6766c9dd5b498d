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

-- what is other than it was in the vintage before
turns as (

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

-- the week that both know, posting by posting, as it was counted then and as it is now
then_postings as (

    select published_postings.*
    from published_postings
    inner join turns on published_postings.vintage_id = turns.vintage_id

),

now_postings as (

    select headline_postings.*
    from headline_postings
    inner join turns on headline_postings.week_start = turns.week_start

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

-- the content that is valid in that week by what is known now
valid as (

    select
        contents.posting_key,
        contents.content_hash,
        contents.role_family
    from content_versions
    inner join contents on {{ same('content_versions', 'contents', ['posting_key', 'version_no']) }}
    inner join turns
        on
            (content_versions.first_week is null or content_versions.first_week <= turns.week_start)
            and (content_versions.last_week is null or content_versions.last_week >= turns.week_start)

),

judged as (

    select
        both_times.*,
        turns.is_new_reading,
        turns.is_new_parser,
        turns.is_new_method,
        coalesce(both_times.content_then = valid.content_hash, false) as is_same_text,
        coalesce(valid.role_family in {{ ml_role_families() }}, false) as is_in_market,
        coalesce(lives.first_seen_at > turns.as_of, false) as is_seen_later,
        -- what only a run saw that was withdrawn since has no life any more
        coalesce(lives.closed_at > turns.as_of, lives.posting_key is null) as is_closed_later
    from both_times
    cross join turns
    left join valid on both_times.posting_key = valid.posting_key
    left join lives on both_times.posting_key = lives.posting_key

),

-- first the same texts read anew: by another value, out of the market, or into it
read_anew as (

    select
        judged.*,
        case
            when not judged.is_new_reading then judged.value_then
            -- the extractor tells the role, and with it who is in the market
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

-- then what came later: postings that were seen, closed or withdrawn since, or of which a late run tells another text;
-- where the method is the same, all that is left
come_later as (

    select
        read_anew.*,
        case
            when not read_anew.is_new_method then read_anew.value_now
            when read_anew.value_then is null and read_anew.is_seen_later then read_anew.value_now
            when read_anew.value_then is not null and read_anew.value_now is null and read_anew.is_closed_later
                then null
            when read_anew.value_then is not null and not read_anew.is_same_text then read_anew.value_now
            else read_anew.value_read
        end as value_later
    from read_anew

),

steps as (

    select
        come_later.figure,
        {{ figure_value('come_later.figure', 'come_later.value_then') }} as value_then,
        {{ figure_value('come_later.figure', 'come_later.value_read') }} as value_read,
        {{ figure_value('come_later.figure', 'come_later.value_later') }} as value_later,
        {{ figure_value('come_later.figure', 'come_later.value_now') }} as value_now
    from come_later
    group by come_later.figure

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
