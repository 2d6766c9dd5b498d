with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

postings as (

    select * from {{ ref('int_postings') }}

),

pay as (

    select * from {{ ref('int_posting_pay') }}
    where country = 'all'

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

published_figures as (

    select * from {{ ref('stg_published_figures') }}

),

previous_vintage as (

    select * from {{ ref('int_previous_vintage') }}

),

-- a week that is not over has no headlines
headline as (

    select weeks.week_start
    from weeks
    where
        weeks.is_current
        and weeks.is_over

),

-- and the one that was it in the vintage before
compared_weeks as (

    select headline.week_start from headline
    union
    select previous_vintage.week_start from previous_vintage

),

members as (

    select
        posting_weeks.week_start,
        posting_weeks.posting_key
    from posting_weeks
    inner join compared_weeks on posting_weeks.week_start = compared_weeks.week_start
    where
        posting_weeks.measure = 'stock'
        and posting_weeks.is_canonical

),

asked as (

    select
        posting_skills.skill_id,
        count(*) as n_postings
    from members
    inner join headline on members.week_start = headline.week_start
    inner join posting_skills on members.posting_key = posting_skills.posting_key
    inner join postings on members.posting_key = postings.posting_key
    where
        posting_skills.level != 'context'
        and postings.has_description
    group by posting_skills.skill_id

),

most_asked as (

    select asked.skill_id
    from asked
    order by asked.n_postings desc, asked.skill_id asc
    limit 5

),

skills as (

    select most_asked.skill_id from most_asked
    union
    select substr(published_figures.figure, 7) as skill_id
    from published_figures
    inner join previous_vintage on published_figures.vintage_id = previous_vintage.vintage_id
    where starts_with(published_figures.figure, 'skill:')

),

of_interest as (

    select distinct members.posting_key
    from members

),

skill_values as (

    select
        of_interest.posting_key,
        skills.skill_id,
        count(posting_skills.posting_key) as value
    from of_interest
    cross join skills
    left join posting_skills
        on
            of_interest.posting_key = posting_skills.posting_key
            and skills.skill_id = posting_skills.skill_id
            and posting_skills.level != 'context'
    group by all

),

-- what a posting counts for in each figure, whatever the week
valued as (

    select
        of_interest.posting_key,
        'openings' as figure,
        1.0 as value
    from of_interest
    union all
    select
        postings.posting_key,
        'remote_share' as figure,
        cast(postings.workplace = 'remote' as double) as value
    from postings
    where postings.has_description
    union all
    select
        postings.posting_key,
        'pay_disclosure_share' as figure,
        cast(pay.usd_annual is not null as double) as value
    from postings
    left join pay on postings.posting_key = pay.posting_key
    where postings.has_description
    union all
    select
        pay.posting_key,
        'median_pay_usd' as figure,
        pay.usd_annual as value
    from pay
    where pay.usd_annual is not null
    union all
    select
        skill_values.posting_key,
        'skill:' || skill_values.skill_id as figure,
        cast(skill_values.value as double) as value
    from skill_values
    inner join postings on skill_values.posting_key = postings.posting_key
    where postings.has_description

),

final as (

    select
        members.week_start,
        members.week_start = headline.week_start as is_headline,
        valued.figure,
        members.posting_key,
        postings.content_hash,
        cast(valued.value as double) as value
    from members
    cross join headline
    inner join valued on members.posting_key = valued.posting_key
    inner join postings on members.posting_key = postings.posting_key

)

select * from final
