{# What postings say: of `contents`, a relation as int_posting_contents is. One macro for the contents that are current
   and for those that an edit has replaced. #}

{# What is known of a content, whether it is the current one or not: the columns of `contents`. #}
{% macro columns_of_contents(contents) -%}
    {%- for column in [
        'posting_key', 'version_no', 'content_hash', 'board', 'company_slug', 'company_key', 'company_name',
        'native_id', 'url', 'title', 'role_family', 'seniority', 'experience_band', 'workplace', 'employment_type',
        'degree_min', 'years_min', 'years_max', 'language', 'locations', 'location_keys', 'countries', 'remote_scope',
        'salaries', 'candidate_terms', 'certifications', 'specialisations', 'languages_asked',
        'visa_sponsorship', 'sector', 'company_size', 'company_employees', 'normalised_title', 'stated_place',
        'has_description', 'extractor_version', 'taxonomy_version'
    ] %}
        {{ contents }}.{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Skills that each content names. #}
{% macro stated_skills(contents) -%}
with

contents as (

    select * from {{ contents }}

),

facts as (

    select * from {{ ref('int_posting_facts') }}

),

skills as (

    select * from {{ ref('skills') }}

),

-- from the facts themselves: they are half of what is read, and stand once
mentions as (

    select
        contents.posting_key,
        contents.version_no,
        unnest(facts.skills) as mention
    from contents
    inner join facts on contents.content_hash = facts.content_hash

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
        mentions.mention.span_end as span_end
    from mentions
    inner join skills on mentions.mention.name = skills.name

)

select * from final
{%- endmacro %}

{# Pay ranges that each content states. #}
{% macro stated_salaries(contents) -%}
with

contents as (

    select * from {{ contents }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

pay_period_factors as (

    select * from {{ ref('pay_period_factors') }}

),

countries as (

    select * from {{ ref('countries') }}

),

exchange_rates as (

    select * from {{ ref('stg_exchange_rates') }}

),

places as (

    select
        contents.posting_key,
        contents.version_no,
        unnest(contents.locations).country as country,
        unnest(range(len(contents.locations))) as place_no
    from contents

),

-- who pays in a currency pays by its own year; of several, the first that is named
payers as (

    select
        places.posting_key,
        places.version_no,
        countries.currency,
        arg_min(places.country, places.place_no) as country
    from places
    inner join countries on places.country = countries.country
    group by all

),

listed as (

    select
        contents.posting_key,
        contents.version_no,
        contents.locations[1].country as country,
        cast(lives.posted_at as date) as posted_on,
        unnest(contents.salaries) as salary,
        unnest(range(1, len(contents.salaries) + 1)) as salary_no
    from contents
    inner join lives on contents.posting_key = lives.posting_key

),

stated as (

    select
        listed.posting_key,
        listed.version_no,
        cast(listed.salary_no as integer) as salary_no,
        coalesce(payers.country, listed.country) as country,
        listed.posted_on,
        listed.salary.min as salary_min,
        listed.salary.max as salary_max,
        listed.salary.currency as currency,
        listed.salary.period as period,
        listed.salary.kind as kind,
        listed.salary.amount_basis as amount_basis,
        listed.salary.currency_basis as currency_basis,
        listed.salary.span_start as span_start,
        listed.salary.span_end as span_end
    from listed
    left join payers
        on
            listed.posting_key = payers.posting_key
            and listed.version_no = payers.version_no
            and listed.salary.currency = payers.currency

),

annualised as (

    select
        stated.*,
        {{ factor_to_year() }} as annualisation_factor
    from stated
    {{ join_factors_to_year('stated.country', 'stated.period') }}

),

by_basis as (

    select
        annualised.*,
        bool_or(annualised.annualisation_factor is not null and annualised.currency is not null) over (
            partition by annualised.posting_key, annualised.version_no, annualised.amount_basis
        ) as is_comparable
    from annualised

),

-- the board's own field before its markup before the words of the text; never a mixture. A field whose amount is of no
-- known period or currency does not hide a text that has both.
preferred as (

    select
        by_basis.*,
        dense_rank() over (
            partition by by_basis.posting_key, by_basis.version_no
            order by
                by_basis.is_comparable desc,
                list_position(['board_field', 'markup', 'text'], by_basis.amount_basis)
        ) = 1 as is_preferred
    from by_basis

),

-- as of: the rate of the day it was posted, or of the last day before that has one. A dollar is always one.
rated as (

    select
        preferred.*,
        case
            when preferred.currency = 'USD' then preferred.posted_on
            when preferred.posted_on - exchange_rates.rate_date <= {{ var('max_rate_age_days') }}
                then exchange_rates.rate_date
        end as fx_rate_date,
        case
            when preferred.currency = 'USD' then 1
            when preferred.posted_on - exchange_rates.rate_date <= {{ var('max_rate_age_days') }}
                then exchange_rates.usd_per_unit
        end as usd_per_unit
    from preferred
    asof left join exchange_rates
        on
            preferred.currency = exchange_rates.currency
            and preferred.posted_on >= exchange_rates.rate_date

),

final as (

    select
        rated.posting_key,
        rated.version_no,
        rated.salary_no,
        rated.salary_min,
        rated.salary_max,
        rated.currency,
        rated.period,
        rated.kind,
        rated.amount_basis,
        rated.currency_basis,
        rated.span_start,
        rated.span_end,
        rated.annualisation_factor,
        rated.salary_min * rated.annualisation_factor as salary_min_annual,
        rated.salary_max * rated.annualisation_factor as salary_max_annual,
        rated.fx_rate_date,
        rated.usd_per_unit,
        rated.salary_min * rated.annualisation_factor * rated.usd_per_unit as salary_min_usd_annual,
        rated.salary_max * rated.annualisation_factor * rated.usd_per_unit as salary_max_usd_annual,
        rated.is_preferred
    from rated

)

select * from final
{%- endmacro %}
