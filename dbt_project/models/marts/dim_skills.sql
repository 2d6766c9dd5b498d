with

skills as (

    select * from {{ ref('skills') }}

),

posting_skills as (

    select * from {{ ref('fct_posting_skills') }}

),

postings as (

    select * from {{ ref('fct_postings') }}

),

counts as (

    select
        posting_skills.skill_id,
        count(*) as n_postings
    from posting_skills
    inner join postings on posting_skills.posting_key = postings.posting_key
    where
        postings.is_canonical
        and posting_skills.level != 'context'
    group by posting_skills.skill_id

),

final as (

    select
        skills.skill_id,
        skills.name as skill_name,
        skills.category,
        cast(coalesce(counts.n_postings, 0) as integer) as n_postings
    from skills
    left join counts on skills.skill_id = counts.skill_id

)

select * from final
