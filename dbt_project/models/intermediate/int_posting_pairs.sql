with

candidates as (

    select * from {{ ref('int_pair_candidates') }}

),

findings as (

    select * from {{ ref('int_pair_findings') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

timed as (

    select
        candidates.first_key,
        candidates.second_key,
        findings.one_job,
        findings.has_one_title,
        findings.place,
        findings.text_class,
        findings.score,
        firsts.board = seconds.board as is_one_board,
        -- days from the last sighting of the earlier to the first of the later one; 0 if both were listed at once
        greatest(
            0,
            date_diff('day', first_lives.last_seen_at, second_lives.first_seen_at),
            date_diff('day', second_lives.last_seen_at, first_lives.first_seen_at)
        ) as gap_days,
        first_lives.last_seen_at >= second_lives.first_seen_at
        and second_lives.last_seen_at >= first_lives.first_seen_at as were_listed_at_once,
        abs(date_diff('day', first_lives.posted_at, second_lives.posted_at)) as days_between_publications
    from candidates
    inner join findings
        on
            candidates.first_content = findings.first_content
            and candidates.second_content = findings.second_content
    inner join postings as firsts on candidates.first_key = firsts.posting_key
    inner join postings as seconds on candidates.second_key = seconds.posting_key
    inner join lives as first_lives on candidates.first_key = first_lives.posting_key
    inner join lives as second_lives on candidates.second_key = second_lives.posting_key
    where findings.one_job != 'never'

),

one_job as (

    select timed.*
    from timed
    where
        timed.one_job = 'always'
        or not (timed.is_one_board and timed.were_listed_at_once)
        or (
            timed.one_job = 'posted_apart'
            and timed.days_between_publications >= {{ var('posted_apart_days') }}
        )

),

final as (

    select
        one_job.first_key as posting_key,
        one_job.second_key as other_posting_key,
        case when one_job.text_class = 'semantic' and one_job.gap_days > 0 then 'temporal' else one_job.text_class end
            as text_class,
        one_job.score,
        one_job.has_one_title,
        one_job.place
    from one_job

)

select * from final
