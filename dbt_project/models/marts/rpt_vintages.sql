with

headline_postings as (

    select * from {{ ref('int_headline_postings') }}

),

effects as (

    select * from {{ ref('int_vintage_effects') }}

),

previous_vintage as (

    select * from {{ ref('int_previous_vintage') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

published_figures as (

    select * from {{ ref('stg_published_figures') }}

),

roles as (

    select * from {{ ref('rpt_role_demand_weekly') }}

),

workplaces as (

    select * from {{ ref('rpt_workplace_weekly') }}

),

pay as (

    select * from {{ ref('rpt_salary_trend_weekly') }}

),

skills as (

    select * from {{ ref('rpt_skill_demand_weekly') }}

),

headline_figures as (

    select distinct
        headline_postings.week_start,
        headline_postings.figure
    from headline_postings
    where headline_postings.is_headline

),

-- the figures as the reports show them
reported as (

    {{ reported_figure("'openings'", 'roles', 'roles.n_postings', 'null', 'null') }}
    union all
    {{ reported_figure(
        "'remote_share'",
        'workplaces',
        'workplaces.share',
        'workplaces.share_low',
        'workplaces.share_high',
        ["workplaces.workplace = 'remote'"]
    ) }}
    union all
    {{ reported_figure(
        "'pay_disclosure_share'",
        'pay',
        'pay.disclosure_share',
        'pay.disclosure_low',
        'pay.disclosure_high',
        ["pay.seniority = 'all'"],
        n_companies='n_companies_asked',
        status='disclosure_status'
    ) }}
    union all
    {{ reported_figure(
        "'median_pay_usd'",
        'pay',
        'pay.salary_median_usd_annual',
        'pay.salary_median_usd_annual_low',
        'pay.salary_median_usd_annual_high',
        ["pay.seniority = 'all'"],
        n_postings='n_with_pay'
    ) }}
    union all
    {{ reported_figure(
        "'skill:' || skills.skill_id",
        'skills',
        'skills.share',
        'skills.share_low',
        'skills.share_high',
        ["skills.seniority = 'all'", "skills.workplace = 'all'"]
    ) }}

),

compared as (

    select
        reported.*,
        previous_vintage.vintage_id as previous_vintage_id,
        previous_vintage.week_start as previous_week_start,
        previous_figures.value as previous_value,
        previous_vintage.taxonomy_version != versions.taxonomy_version as is_new_taxonomy,
        previous_vintage.extractor_version != versions.extractor_version as is_new_parser,
        reported.value is not null and previous_figures.value is not null as is_compared,
        versions.extractor_version,
        versions.taxonomy_version,
        versions.method_version,
        versions.data_version
    from reported
    inner join headline_figures on {{ same('reported', 'headline_figures', ['week_start', 'figure']) }}
    cross join versions
    left join previous_vintage on true
    left join published_figures as previous_figures
        on
            previous_vintage.vintage_id = previous_figures.vintage_id
            and reported.figure = previous_figures.figure

),

explained as (

    select
        compared.*,
        effects.new_data_effect,
        effects.late_data_effect,
        effects.method_effect,
        effects.reading_effect,
        -- a skill's figure depends on taxonomy and extractor, every other figure on the extractor alone
        case
            when not compared.is_new_taxonomy then 'parser'
            when not compared.is_new_parser then 'taxonomy'
            when starts_with(compared.figure, 'skill:') then 'either'
            else 'parser'
        end as reading_cause
    from compared
    left join effects on compared.figure = effects.figure and compared.is_compared

),

this_vintage as (

    select
        'this' as vintage_id,
        cast({{ as_of(ref('stg_crawl_runs')) }} as timestamp) as as_of,
        cast(null as timestamp) as published_at,
        explained.figure,
        explained.week_start,
        explained.n_postings,
        explained.n_companies,
        explained.value,
        explained.value_low,
        explained.value_high,
        explained.status,
        explained.coverage_ratio,
        explained.previous_vintage_id,
        explained.previous_week_start,
        explained.previous_value,
        explained.value - explained.previous_value as change,
        explained.new_data_effect,
        explained.late_data_effect,
        explained.reading_effect * cast(explained.reading_cause = 'taxonomy' as integer) as taxonomy_effect,
        explained.reading_effect * cast(explained.reading_cause = 'parser' as integer) as parser_effect,
        explained.reading_effect * cast(explained.reading_cause = 'either' as integer) as taxonomy_or_parser_effect,
        explained.method_effect,
        explained.extractor_version,
        explained.taxonomy_version,
        explained.method_version,
        explained.data_version
    from explained

),

-- a vintage equal to this one may have been published before
earlier as (

    select published_figures.*
    from published_figures
    cross join versions
    where
        published_figures.as_of < {{ as_of(ref('stg_crawl_runs')) }}
        or not ({{ same(
            'published_figures',
            'versions',
            ['extractor_version', 'taxonomy_version', 'method_version', 'data_version']
        ) }})

),

-- published figures have the columns of this table, so both parts are joined by name
vintages as (

    select this_vintage.*
    from this_vintage
    union all by name
    select earlier.*
    from earlier

),

final as (

    select
        vintages.vintage_id,
        vintages.as_of,
        vintages.published_at,
        vintages.figure,
        vintages.week_start,
        vintages.n_postings,
        vintages.n_companies,
        vintages.value,
        vintages.value_low,
        vintages.value_high,
        vintages.status,
        vintages.coverage_ratio,
        vintages.previous_vintage_id,
        vintages.previous_week_start,
        vintages.previous_value,
        vintages.change,
        vintages.new_data_effect,
        vintages.late_data_effect,
        vintages.taxonomy_effect,
        vintages.parser_effect,
        vintages.taxonomy_or_parser_effect,
        vintages.method_effect,
        vintages.extractor_version,
        vintages.taxonomy_version,
        vintages.method_version,
        vintages.data_version
    from vintages

)

select * from final
