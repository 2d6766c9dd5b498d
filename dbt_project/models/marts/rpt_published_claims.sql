{#- a rank among fewer specialisations means nothing -#}
{%- set n_ranked -%}
    case when count(others.premium) >= {{ var('min_ranked_specialisations') }} then count(others.premium) end
{%- endset -%}

with

claims as (

    select * from {{ ref('published_claims') }}

),

claim_answers as (

    select * from {{ ref('int_claim_answers') }}

),

salary_grid as (

    select * from {{ ref('rpt_salary_grid') }}

),

specialisation_salary as (

    select * from {{ ref('rpt_specialisation_salary') }}

),

pay_regions as (

    select distinct
        pay_regions.pay_region,
        pay_regions.pay_region_name
    from {{ ref('pay_regions') }} as pay_regions

),

-- the pages are in English, and so are most postings that they speak of
extraction as (

    select * from {{ ref('rpt_extraction_by_language') }}
    where language = 'en'

),

window_coverage as (

    select * from {{ ref('int_window_coverage') }}
    where window_name = 'pay'

),

ends as (

    select max(window_coverage.week_start) as week_start
    from window_coverage

),

pay as (

    select
        claims.claim_id,
        salary_grid.salary_median_annual as observed,
        salary_grid.median_low as observed_low,
        salary_grid.median_high as observed_high,
        salary_grid.n_with_pay as n_postings,
        salary_grid.n_companies,
        salary_grid.floor_reason
    from claims
    inner join salary_grid
        on
            {{ same('claims', 'salary_grid', [
                'role_family', 'country', 'experience_band', 'company_size_band', 'pay_region', 'currency'
            ]) }}
    where claims.measure = 'pay'

),

region_premiums as (

    select
        claims.claim_id,
        salary_grid.region_premium as observed,
        salary_grid.region_premium_low as observed_low,
        salary_grid.region_premium_high as observed_high,
        salary_grid.n_with_pay as n_postings,
        salary_grid.n_companies,
        salary_grid.floor_reason
    from claims
    inner join salary_grid
        on
            {{ same('claims', 'salary_grid', [
                'role_family', 'country', 'experience_band', 'company_size_band', 'pay_region'
            ]) }}
    where claims.measure = 'region_premium'

),

specialisation_premiums as (

    select
        claims.claim_id,
        specialisation_salary.premium as observed,
        specialisation_salary.premium_low as observed_low,
        specialisation_salary.premium_high as observed_high,
        specialisation_salary.n_with as n_postings,
        specialisation_salary.n_companies_with as n_companies,
        specialisation_salary.premium_floor_reason as floor_reason
    from claims
    inner join specialisation_salary
        on
            {{ same('claims', 'specialisation_salary', ['role_family', 'country']) }}
            and claims.subject = specialisation_salary.specialisation
    where claims.measure = 'specialisation_premium'

),

-- the share of the other specialisations that pay more: by their premium, at least (their interval lies above), and at
-- most (their interval does not lie below)
specialisation_ranks as (

    select
        claims.claim_id,
        {{ share('count(*) filter (where others.premium > own.premium)', n_ranked) }} as observed,
        {{ share('count(*) filter (where others.premium_low > own.premium_high)', n_ranked) }}
            as observed_low,
        {{ share('count(*) filter (where others.premium_high >= own.premium_low)', n_ranked) }}
            as observed_high,
        own.n_with as n_postings,
        own.n_companies_with as n_companies,
        own.premium_floor_reason as floor_reason
    from claims
    inner join specialisation_salary as own
        on
            {{ same('claims', 'own', ['role_family', 'country']) }}
            and claims.subject = own.specialisation
    left join specialisation_salary as others
        on
            {{ same('own', 'others', ['role_family', 'country']) }}
            and own.specialisation != others.specialisation
            and own.premium is not null
    where claims.measure = 'specialisations_paid_more'
    group by claims.claim_id, own.n_with, own.n_companies_with, own.premium_floor_reason

),

observations as (

    select * from pay
    union all
    select * from region_premiums
    union all
    select * from specialisation_premiums
    union all
    select * from specialisation_ranks
    union all
    select * from claim_answers

),

-- the answers on labelled postings that concern a claim: its own skills if they are many enough, all skills, or its
-- degrees
answers as (

    select
        claims.claim_id,
        case
            when claims.measure = 'degree_share' then 'degrees_of_the_claim'
            when extraction.subject = 'skill' then 'skills_of_the_claim'
            else 'all_skills'
        end as extraction_basis,
        arg_max(extraction.samples, length(extraction.samples)) as extraction_samples,
        bool_and(extraction.is_current) as is_extraction_current,
        sum(extraction.n_labelled) as n_labelled,
        sum(extraction.n_predicted) as n_predicted,
        sum(extraction.n_right) as n_right,
        sum(extraction.n_found) as n_found
    from claims
    inner join extraction
        on
            case extraction.subject
                when 'field' then claims.measure = 'skill_share' and extraction.name = 'skills'
                when 'skill' then claims.measure = 'skill_share'
                else claims.measure = 'degree_share'
            end
            and (extraction.subject = 'field' or list_contains(string_split(claims.subject, '|'), extraction.name))
    group by all
    having
        sum(extraction.n_labelled) > 0
        and sum(extraction.n_predicted) > 0
        and (
            extraction_basis in ('all_skills', 'degrees_of_the_claim')
            or least(sum(extraction.n_labelled), sum(extraction.n_predicted)) >= {{ var('min_postings') }}
        )

),

-- the least precision and recall that these answers allow; the claim's own skills before all skills
reading as (

    select
        answers.*,
        {{ wilson_bound('answers.n_right / answers.n_predicted', 'answers.n_predicted', '1.959964', 'low') }}
            as precision_low,
        {{ wilson_bound('answers.n_found / answers.n_labelled', 'answers.n_labelled', '1.959964', 'low') }}
            as recall_low
    from answers
    qualify row_number() over (partition by answers.claim_id order by answers.extraction_basis desc) = 1

),

-- floor_reason: why the claim cannot be compared
judged as (

    select
        claims.*,
        coalesce(observations.n_postings, 0) as n_postings,
        coalesce(observations.n_companies, 0) as n_companies,
        observations.observed,
        observations.observed_low,
        observations.observed_high,
        observations.observed_low * coalesce(reading.precision_low, 1) as judged_low,
        case
            when reading.claim_id is null then observations.observed_high
            -- if the extractor found none of the labels, any share is possible
            when reading.recall_low <= 0 then 1
            else least(1, observations.observed_high / reading.recall_low)
        end as judged_high,
        reading.extraction_samples,
        reading.extraction_basis,
        reading.is_extraction_current,
        case
            when
                claims.measure not in (
                    'pay', 'region_premium', 'specialisation_premium', 'specialisations_paid_more', 'skill_share',
                    'degree_share', 'years_min'
                )
                then 'not measured here'
            when observations.claim_id is null then 'no posting of the cell'
            when observations.floor_reason is not null then observations.floor_reason
            when observations.observed is null and claims.measure = 'specialisations_paid_more'
                then 'too few specialisations to compare with'
            when observations.observed is null then 'too few postings to compare with'
            when claims.measure in ('skill_share', 'degree_share') and reading.claim_id is null
                then 'extraction errors not measured'
        end as floor_reason
    from claims
    left join observations on claims.claim_id = observations.claim_id
    left join reading on claims.claim_id = reading.claim_id

),

final as (

    select
        judged.claim_id,
        judged.source,
        cast(judged.stated_for_year as integer) as stated_for_year,
        cast(judged.recorded_on as date) as recorded_on,
        judged.measure,
        judged.role_family,
        judged.country,
        judged.experience_band,
        judged.company_size_band,
        judged.pay_region,
        coalesce(pay_regions.pay_region_name, judged.pay_region) as pay_region_name,
        judged.subject,
        judged.claim_low,
        judged.claim_high,
        judged.currency,
        judged.basis,
        ends.week_start,
        cast(judged.n_postings as integer) as n_postings,
        cast(judged.n_companies as integer) as n_companies,
        case when judged.floor_reason is null then judged.observed end as observed,
        case when judged.floor_reason is null then judged.observed_low end as observed_low,
        case when judged.floor_reason is null then judged.observed_high end as observed_high,
        case when judged.floor_reason is null then judged.judged_low end as judged_low,
        case when judged.floor_reason is null then judged.judged_high end as judged_high,
        case when judged.floor_reason is null then judged.extraction_samples end as extraction_samples,
        case when judged.floor_reason is null then judged.extraction_basis end as extraction_basis,
        case when judged.floor_reason is null then judged.is_extraction_current end as is_extraction_current,
        case
            when judged.floor_reason is not null then 'not_comparable'
            when judged.judged_high < judged.claim_low then 'below'
            when judged.judged_low > judged.claim_high then 'above'
            when
                coalesce(judged.judged_low >= judged.claim_low, judged.claim_low is null)
                and coalesce(judged.judged_high <= judged.claim_high, judged.claim_high is null)
                then 'within'
            else 'not_refuted'
        end as verdict,
        {{ window_status('judged.floor_reason') }} as status,
        window_coverage.coverage_ratio,
        judged.floor_reason
    from judged
    cross join ends
    left join pay_regions on judged.pay_region = pay_regions.pay_region
    left join window_coverage on {{ same('judged', 'window_coverage', ['role_family', 'country']) }}

)

select * from final
