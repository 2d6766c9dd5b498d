with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

pay as (

    select * from {{ ref('int_pay_cells') }}
    where role_family = 'all' and country = 'all' and seniority = 'all'

),

stated_skills as (

    select * from {{ ref('int_version_skills') }}

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

-- the headlines are of the last week that is over
headline as (

    select weeks.week_start
    from weeks
    where
        weeks.is_current
        and weeks.is_over

),

-- that week, and the headline week of the previous vintage
compared_weeks as (

    select headline.week_start from headline
    union
    select previous_vintage.week_start from previous_vintage

),

members as (

    select
        posting_weeks.week_start,
        posting_weeks.posting_key,
        posting_weeks.version_no
    from posting_weeks
    inner join compared_weeks on posting_weeks.week_start = compared_weeks.week_start
    where
        posting_weeks.measure = 'stock'
        and posting_weeks.is_canonical

),

skill_demand as (

    select
        stated_skills.skill_id,
        count(*) as n_postings
    from members
    inner join headline on members.week_start = headline.week_start
    inner join stated_skills on {{ same('members', 'stated_skills', ['posting_key', 'version_no']) }}
    inner join contents on {{ same('members', 'contents', ['posting_key', 'version_no']) }}
    where
        stated_skills.level != 'context'
        and contents.has_description
    group by stated_skills.skill_id

),

top_skills as (

    select skill_demand.skill_id
    from skill_demand
    order by skill_demand.n_postings desc, skill_demand.skill_id asc
    limit 5

),

skills as (

    select top_skills.skill_id from top_skills
    union
    select substr(published_figures.figure, 7) as skill_id
    from published_figures
    inner join previous_vintage on published_figures.vintage_id = previous_vintage.vintage_id
    where starts_with(published_figures.figure, 'skill:')

),

member_versions as (

    select distinct
        members.posting_key,
        members.version_no
    from members

),

skill_values as (

    select
        member_versions.posting_key,
        member_versions.version_no,
        skills.skill_id,
        count(stated_skills.posting_key) as value
    from member_versions
    cross join skills
    left join stated_skills
        on
            {{ same('member_versions', 'stated_skills', ['posting_key', 'version_no']) }}
            and skills.skill_id = stated_skills.skill_id
            and stated_skills.level != 'context'
    group by all

),

-- the value of each content in each figure, which does not depend on the week
valued as (

    select
        member_versions.posting_key,
        member_versions.version_no,
        'openings' as figure,
        1.0 as value
    from member_versions
    union all
    select
        contents.posting_key,
        contents.version_no,
        'remote_share' as figure,
        cast(contents.workplace = 'remote' as double) as value
    from contents
    where contents.has_description
    union all
    select
        pay.posting_key,
        pay.version_no,
        'pay_disclosure_share' as figure,
        cast(pay.states_pay as double) as value
    from pay
    where pay.has_description
    union all
    select
        pay.posting_key,
        pay.version_no,
        'median_pay_usd' as figure,
        pay.usd_annual as value
    from pay
    where pay.usd_annual is not null
    union all
    select
        skill_values.posting_key,
        skill_values.version_no,
        'skill:' || skill_values.skill_id as figure,
        cast(skill_values.value as double) as value
    from skill_values
    inner join contents on {{ same('skill_values', 'contents', ['posting_key', 'version_no']) }}
    where contents.has_description

),

final as (

    select
        members.week_start,
        members.week_start = headline.week_start as is_headline,
        valued.figure,
        members.posting_key,
        contents.content_hash,
        cast(valued.value as double) as value
    from members
    cross join headline
    inner join valued on {{ same('members', 'valued', ['posting_key', 'version_no']) }}
    inner join contents on {{ same('members', 'contents', ['posting_key', 'version_no']) }}

)

select * from final
