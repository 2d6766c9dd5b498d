with

claims as (

    select * from {{ ref('published_claims') }}

),

salary_grid as (

    select * from {{ ref('rpt_salary_grid') }}

),

specialisation_salary as (

    select * from {{ ref('rpt_specialisation_salary') }}

),

openings as (

    select * from {{ ref('int_recent_openings') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

stated_skills as (

    select * from {{ ref('int_version_skills') }}

),

pay_regions as (

    select distinct
        pay_regions.pay_region,
        pay_regions.pay_region_name
    from {{ ref('pay_regions') }} as pay_regions

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

subjects as (

    select
        claims.claim_id,
        unnest(string_split(claims.subject, '|')) as skill_name
    from claims
    where claims.measure = 'skill_share'

),

skilled as (

    select distinct
        subjects.claim_id,
        stated_skills.posting_key,
        stated_skills.version_no
    from subjects
    inner join stated_skills on subjects.skill_name = stated_skills.skill_name
    where stated_skills.level != 'context'

),

answers as (

    select
        claims.claim_id,
        openings.company_key,
        case
            when claims.measure = 'degree_share'
                then list_contains(string_split(claims.subject, '|'), contents.degree_min)
            else skilled.posting_key is not null
        end as is_so
    from claims
    inner join openings on {{ same('claims', 'openings', ['role_family', 'country']) }}
    inner join contents on {{ same('openings', 'contents', ['posting_key', 'version_no']) }}
    left join skilled
        on
            claims.claim_id = skilled.claim_id
            and {{ same('openings', 'skilled', ['posting_key', 'version_no']) }}
    where
        claims.measure in ('skill_share', 'degree_share')
        and contents.has_description

),

company_answers as (

    select
        answers.claim_id,
        answers.company_key,
        count(*) as n_of_company,
        count(*) filter (where answers.is_so) as n_so
    from answers
    group by all

),

answer_sums as (

    select
        company_answers.claim_id,
        sum(company_answers.n_of_company) as n_postings,
        count(*) as n_companies,
        max(company_answers.n_of_company) as n_of_largest,
        sum(company_answers.n_so) as n_so,
        sum(company_answers.n_so * company_answers.n_so) as sum_yy,
        sum(company_answers.n_so * company_answers.n_of_company) as sum_yn,
        sum(company_answers.n_of_company * company_answers.n_of_company) as sum_nn
    from company_answers
    group by all

),

-- told by all claims
alike as (

    select
        answer_sums.*,
        {{ likeness(
            'answer_sums.n_so',
            'answer_sums.n_postings',
            'answer_sums.n_companies',
            'answer_sums.sum_yy',
            'answer_sums.sum_yn',
            'answer_sums.sum_nn'
        ) }} as likeness
    from answer_sums

),

answer_shares as (

    select
        alike.claim_id,
        alike.n_postings,
        alike.n_companies,
        {{ share('alike.n_so', 'alike.n_postings') }} as observed,
        {{ effective_n(
            'alike.n_so',
            'alike.n_postings',
            'alike.n_companies',
            'alike.sum_yy',
            'alike.sum_yn',
            'alike.sum_nn',
            'alike.likeness'
        ) }} as effective_n,
        {{ interval_t('alike.n_postings', 'alike.sum_nn') }} as t_quantile,
        {{ floor_reason('alike.n_postings', 'alike.n_companies', 'alike.n_of_largest') }} as floor_reason
    from alike

),

shares as (

    select
        answer_shares.claim_id,
        answer_shares.observed,
        {{ wilson_bound('answer_shares.observed', 'answer_shares.effective_n', 'answer_shares.t_quantile', 'low') }}
            as observed_low,
        {{ wilson_bound('answer_shares.observed', 'answer_shares.effective_n', 'answer_shares.t_quantile', 'high') }}
            as observed_high,
        answer_shares.n_postings,
        answer_shares.n_companies,
        answer_shares.floor_reason
    from answer_shares

),

years_asked as (

    select
        claims.claim_id,
        openings.company_key,
        contents.years_min
    from claims
    inner join openings on {{ same('claims', 'openings', ['role_family', 'country']) }}
    inner join contents on {{ same('openings', 'contents', ['posting_key', 'version_no']) }}
    where
        claims.measure = 'years_min'
        and contents.years_min is not null

),

{{ medians('years_asked', 'years_min', ['claim_id']) }},

years as (

    select
        halves.claim_id,
        {{ quantile_of_sorted('distributions.sorted_values', '0.50') }} as observed,
        {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_low') }} as observed_low,
        {{ quantile_of_sorted('distributions.sorted_values', 'halves.half_high') }} as observed_high,
        halves.n_values as n_postings,
        halves.n_companies,
        {{ floor_reason('halves.n_values', 'halves.n_companies', 'halves.n_of_largest') }} as floor_reason
    from halves
    inner join distributions on halves.claim_id = distributions.claim_id

),

observations as (

    select * from pay
    union all
    select * from region_premiums
    union all
    select * from specialisation_premiums
    union all
    select * from shares
    union all
    select * from years

),

-- why nothing can be set beside a claim, where nothing can
judged as (

    select
        claims.*,
        coalesce(observations.n_postings, 0) as n_postings,
        coalesce(observations.n_companies, 0) as n_companies,
        observations.observed,
        observations.observed_low,
        observations.observed_high,
        case
            when
                claims.measure not in (
                    'pay', 'region_premium', 'specialisation_premium', 'skill_share', 'degree_share', 'years_min'
                )
                then 'not measured here'
            when observations.claim_id is null then 'no posting of the cell'
            when observations.floor_reason is not null then observations.floor_reason
            when observations.observed is null then 'too few postings to compare with'
        end as floor_reason
    from claims
    left join observations on claims.claim_id = observations.claim_id

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
        case
            when judged.floor_reason is not null then 'not_comparable'
            when judged.observed_high < judged.claim_low then 'below'
            when judged.observed_low > judged.claim_high then 'above'
            when
                coalesce(judged.observed_low >= judged.claim_low, judged.claim_low is null)
                and coalesce(judged.observed_high <= judged.claim_high, judged.claim_high is null)
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
