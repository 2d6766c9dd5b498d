with

postings as (

    select * from {{ ref('int_postings') }}

),

skills as (

    select * from {{ ref('skills') }}

),

mentions as (

    select
        postings.posting_key,
        unnest(postings.skills) as mention
    from postings

),

-- a skill is asked for as strongly as its strongest mention says
strongest as (

    select
        mentions.posting_key,
        skills.skill_id,
        skills.name as skill_name,
        skills.category,
        mentions.mention.surface as surface,
        mentions.mention.level as level,
        mentions.mention.span_start as span_start,
        mentions.mention.span_end as span_end
    from mentions
    inner join skills on mentions.mention.name = skills.name
    qualify
        row_number() over (
            partition by mentions.posting_key, skills.skill_id
            order by
                list_position(['required', 'preferred', 'mentioned', 'context'], mentions.mention.level),
                mentions.mention.span_start
        ) = 1

),

final as (

    select
        strongest.posting_key,
        strongest.skill_id,
        strongest.skill_name,
        strongest.category,
        strongest.surface,
        strongest.level,
        strongest.span_start,
        strongest.span_end
    from strongest

)

select * from final
