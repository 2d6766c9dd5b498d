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

-- current contents, and of the replaced ones those in the market
versions as (

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

-- read from int_posting_facts: mentions are half of all facts, and only that table stores them
mentions as (

    select
        versions.posting_key,
        versions.version_no,
        versions.is_current,
        unnest(facts.skills) as mention
    from versions
    inner join facts on versions.content_hash = facts.content_hash

),

-- the extractor lists each skill once, at the level of its strongest mention
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
