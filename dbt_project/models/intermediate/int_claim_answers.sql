with

claims as (

    select * from {{ ref('published_claims') }}

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
        sum(company_answers.n_of_company * company_answers.n_of_company) as sum_nn,
        {{ equal_companies_of('company_answers.n_of_company') }} as equal_companies
    from company_answers
    group by all

),

-- pooled over all claims
alike as (

    select
        answer_sums.*,
        {{ similarity(
            'answer_sums.n_so',
            'answer_sums.n_postings',
            'answer_sums.equal_companies',
            'answer_sums.sum_yy',
            'answer_sums.sum_yn',
            'answer_sums.sum_nn'
        ) }} as similarity
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
            'alike.equal_companies',
            'alike.sum_yy',
            'alike.sum_yn',
            'alike.sum_nn',
            'alike.similarity'
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

stated_years as (

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

{{ medians('stated_years', 'years_min', ['claim_id']) }},

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

final as (

    select * from shares
    union all
    select * from years

)

select * from final
