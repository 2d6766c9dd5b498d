with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

facts as (

    select * from {{ ref('int_posting_facts') }}

),

skills as (

    select * from {{ ref('skills') }}

),

-- of what an edit has replaced, what was of the market
told as (

    select
        contents.posting_key,
        contents.version_no,
        contents.content_hash,
        contents.is_current
    from contents
    where
        contents.is_current
        or contents.role_family in {{ ml_role_families() }}

),

-- from the facts themselves: they are half of what is read, and stand once
mentions as (

    select
        told.posting_key,
        told.version_no,
        told.is_current,
        unnest(facts.skills) as mention
    from told
    inner join facts on told.content_hash = facts.content_hash

),

-- the extractor tells of each skill once, as strongly as its strongest mention says
final as (

    select
        mentions.posting_key,
        mentions.version_no,
        skills.skill_id,
        skills.name as skill_name,
        skills.category,
        mentions.mention.surface as surface,
        mentions.mention.level as level,
        mentions.mention.span_start as span_start,
        mentions.mention.span_end as span_end,
        mentions.is_current
    from mentions
    inner join skills on mentions.mention.name = skills.name

)

select * from final
