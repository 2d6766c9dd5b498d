with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

pay_cells as (

    select * from {{ ref('int_pay_cells') }}

),

countries as (

    select * from {{ ref('countries') }}

),

matched as (

    select * from {{ ref('int_matched_pay') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- numbers instead of names: joining and grouping take a third of the time
named_cells as (

    select
        pay_cells.role_family,
        pay_cells.country,
        pay_cells.seniority,
        any_value(countries.currency) as currency,
        cast(row_number() over (order by pay_cells.role_family, pay_cells.country, pay_cells.seniority) as integer)
            as cell_no
    from pay_cells
    left join countries on pay_cells.country = countries.country
    group by pay_cells.role_family, pay_cells.country, pay_cells.seniority

),

named_companies as (

    select
        posting_weeks.company_key,
        cast(row_number() over (order by posting_weeks.company_key) as integer) as company_no
    from posting_weeks
    group by posting_weeks.company_key

),

numbered_weeks as (

    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_weeks.posting_key,
        posting_weeks.version_no,
        named_companies.company_no
    from posting_weeks
    inner join named_companies on posting_weeks.company_key = named_companies.company_key
    where posting_weeks.is_canonical

),

numbered_cells as (

    select
        pay_cells.posting_key,
        pay_cells.version_no,
        named_cells.cell_no,
        pay_cells.has_description,
        pay_cells.states_pay,
        pay_cells.usd_annual,
        pay_cells.constant_usd_annual,
        case when pay_cells.currency = named_cells.currency then pay_cells.local_annual end as local_annual,
        pay_cells.amount_basis
    from pay_cells
    inner join named_cells on {{ same('pay_cells', 'named_cells', ['role_family', 'country', 'seniority']) }}

),

-- read three times, but not materialized: storing its rows (forty per posting with pay) takes three times as long as
-- repeating the join
entries as not materialized (

    select
        numbered_weeks.week_start,
        numbered_weeks.measure,
        numbered_cells.cell_no,
        numbered_weeks.company_no,
        numbered_cells.has_description,
        numbered_cells.states_pay,
        numbered_cells.usd_annual,
        numbered_cells.constant_usd_annual,
        numbered_cells.local_annual,
        numbered_cells.amount_basis
    from numbered_weeks
    inner join numbered_cells on {{ same('numbered_weeks', 'numbered_cells', ['posting_key', 'version_no']) }}

),

company_cells as (

    select
        entries.week_start,
        entries.measure,
        entries.cell_no,
        entries.company_no,
        count(*) filter (where entries.has_description) as n_of_company,
        count(*) filter (where entries.has_description and entries.states_pay) as n_disclosing_of_company,
        count(entries.usd_annual) as n_paid_of_company,
        count(entries.local_annual) filter (where entries.usd_annual is not null) as n_local_of_company,
        count(entries.constant_usd_annual) as n_constant_of_company
    from entries
    group by all

),

-- Four samples, each with its own floor: postings that could have stated pay, those that do, those that state it in the
-- country's currency, and those whose currency has a constant rate. If the share were judged by those that disclose,
-- it would be shown only where many do; if the median of one currency were judged by pay in any currency, it would be
-- shown where few employers state it.
disclosures as (

    select
        company_cells.week_start,
        company_cells.measure,
        company_cells.cell_no,
        sum(company_cells.n_of_company) as n_postings,
        count(*) filter (where company_cells.n_of_company > 0) as n_companies_asked,
        max(company_cells.n_of_company) as n_of_largest,
        sum(company_cells.n_disclosing_of_company) as n_disclosing,
        sum(company_cells.n_paid_of_company) as n_with_pay,
        count(*) filter (where company_cells.n_paid_of_company > 0) as n_companies,
        max(company_cells.n_paid_of_company) as n_paid_of_largest,
        sum(company_cells.n_local_of_company) as n_in_currency,
        count(*) filter (where company_cells.n_local_of_company > 0) as n_companies_in_currency,
        max(company_cells.n_local_of_company) as n_in_currency_of_largest,
        sum(company_cells.n_constant_of_company) as n_constant,
        count(*) filter (where company_cells.n_constant_of_company > 0) as n_companies_constant,
        max(company_cells.n_constant_of_company) as n_constant_of_largest,
        sum(company_cells.n_disclosing_of_company * company_cells.n_disclosing_of_company) as sum_yy,
        sum(company_cells.n_disclosing_of_company * company_cells.n_of_company) as sum_yn,
        sum(company_cells.n_of_company * company_cells.n_of_company) as sum_nn,
        {{ equal_companies_of('company_cells.n_of_company') }} as equal_companies_asked
    from company_cells
    group by all

),

-- sorted lists: all percentiles and the bounds of the median are read from them
{{ medians(
    'entries',
    'usd_annual',
    ['week_start', 'measure', 'cell_no'],
    company='company_no',
    also=[
        'list(entries.constant_usd_annual order by entries.constant_usd_annual) '
        ~ 'filter (where entries.constant_usd_annual is not null) as sorted_constant_values',
        'list(entries.local_annual order by entries.local_annual) filter (where entries.local_annual is not null) '
        ~ 'as sorted_local_values',
        "count(*) filter (where entries.amount_basis = 'board_field') as n_from_board_field",
        "count(*) filter (where entries.amount_basis = 'markup') as n_from_markup",
        "count(*) filter (where entries.amount_basis = 'text') as n_from_text",
    ]
) }},

-- intraclass correlation, pooled over the role families of the country, whose law and custom decide whether pay is
-- stated; levels divide the same postings, and rpt_pay_transparency_weekly, which has none, gives the same interval
alike as (

    select
        disclosures.*,
        named_cells.role_family,
        named_cells.country,
        named_cells.seniority,
        named_cells.currency,
        {{ similarity(
            'disclosures.n_disclosing',
            'disclosures.n_postings',
            'disclosures.equal_companies_asked',
            'disclosures.sum_yy',
            'disclosures.sum_yn',
            'disclosures.sum_nn',
            over='disclosures.week_start, disclosures.measure, named_cells.country',
            among="named_cells.seniority = 'all'"
        ) }} as similarity
    from disclosures
    inner join named_cells on disclosures.cell_no = named_cells.cell_no

),

figures as (

    select
        disclosures.week_start,
        disclosures.measure,
        disclosures.role_family,
        disclosures.country,
        disclosures.seniority,
        disclosures.n_postings,
        disclosures.n_with_pay,
        disclosures.n_companies,
        disclosures.n_companies_asked,
        disclosures.n_disclosing,
        {{ share('disclosures.n_disclosing', 'disclosures.n_postings') }} as disclosure_share,
        {{ effective_n(
            'disclosures.n_disclosing',
            'disclosures.n_postings',
            'disclosures.equal_companies_asked',
            'disclosures.sum_yy',
            'disclosures.sum_yn',
            'disclosures.sum_nn',
            'disclosures.similarity'
        ) }} as disclosure_effective_n,
        {{ interval_t('disclosures.n_postings', 'disclosures.sum_nn') }} as disclosure_t_quantile,
        distributions.sorted_values as values_usd,
        -- lacks the pay in currencies without a rate on the constant day: if that is too much of it, no median is given
        case
            when
                disclosures.n_constant >= {{ var('min_currency_share') }} * disclosures.n_with_pay
                and {{ floor_reason(
                    'disclosures.n_constant', 'disclosures.n_companies_constant', 'disclosures.n_constant_of_largest'
                ) }} is null
                then distributions.sorted_constant_values
        end as constant_values_usd,
        disclosures.currency,
        disclosures.n_in_currency,
        -- this distribution lacks the pay in other currencies: if that is too much of it, no median is given
        case
            when
                disclosures.n_in_currency >= {{ var('min_currency_share') }} * disclosures.n_with_pay
                and {{ floor_reason(
                    'disclosures.n_in_currency',
                    'disclosures.n_companies_in_currency',
                    'disclosures.n_in_currency_of_largest'
                ) }} is null
                then distributions.sorted_local_values
        end as local_values,
        halves.half_low,
        halves.half_high,
        {{ share('distributions.n_from_board_field', 'disclosures.n_with_pay') }} as share_from_board_field,
        {{ share('distributions.n_from_markup', 'disclosures.n_with_pay') }} as share_from_markup,
        {{ share('distributions.n_from_text', 'disclosures.n_with_pay') }} as share_from_text,
        {{ floor_reason(
            'disclosures.n_postings', 'disclosures.n_companies_asked', 'disclosures.n_of_largest'
        ) }} as disclosure_floor_reason,
        {{ floor_reason(
            'disclosures.n_with_pay',
            'disclosures.n_companies',
            'disclosures.n_paid_of_largest',
            what='postings with pay'
        ) }} as floor_reason
    from alike as disclosures
    left join distributions on {{ same('disclosures', 'distributions', ['week_start', 'measure', 'cell_no']) }}
    left join halves on {{ same('disclosures', 'halves', ['week_start', 'measure', 'cell_no']) }}

),

-- a suppressed cell loses its list: percentiles of a null list are null
shown as (

    select
        figures.* exclude (values_usd, constant_values_usd, local_values),
        figures.floor_reason is null as is_shown,
        figures.disclosure_floor_reason is null as is_disclosure_shown,
        case when figures.floor_reason is null then figures.values_usd end as values_usd,
        case when figures.floor_reason is null then figures.constant_values_usd end as constant_values_usd,
        case when figures.floor_reason is null then figures.local_values end as local_values
    from figures

),

shown_matched as (

    select
        {{- cell_columns('matched', ['seniority']) }}
        matched.matched_median_usd_annual,
        matched.matched_median_low,
        matched.matched_median_high,
        matched.matched_since,
        {{ changes_of_weeks_over('matched', [
            'controlled_change_13w', 'controlled_change_13w_low', 'controlled_change_13w_high',
            'controlled_change_13w_usd', 'controlled_change_13w_usd_low', 'controlled_change_13w_usd_high',
            'controlled_change_52w', 'controlled_change_52w_low', 'controlled_change_52w_high',
            'controlled_change_52w_usd', 'controlled_change_52w_usd_low', 'controlled_change_52w_usd_high',
            'n_job_kinds_13w', 'n_job_kinds_52w',
        ]) }}
    from matched
    inner join figures on {{ same_cell('matched', 'figures', also=['seniority']) }}
    inner join weeks on matched.week_start = weeks.week_start
    where figures.floor_reason is null

),

final as (

    select
        shown.week_start,
        shown.measure,
        shown.role_family,
        shown.country,
        shown.seniority,
        cast(shown.n_postings as integer) as n_postings,
        -- the sample of pay; if neither pay nor the share is shown, it would reveal the withheld share
        cast(case when shown.is_shown or shown.is_disclosure_shown then shown.n_with_pay end as integer) as n_with_pay,
        cast(shown.n_companies as integer) as n_companies,
        cast(shown.n_companies_asked as integer) as n_companies_asked,
        cast(case when shown.is_disclosure_shown then shown.n_disclosing end as integer) as n_disclosing,
        case when shown.is_disclosure_shown then shown.disclosure_share end as disclosure_share,
        case
            when shown.is_disclosure_shown
                then {{ wilson_bound(
                    'shown.disclosure_share', 'shown.disclosure_effective_n', 'shown.disclosure_t_quantile', 'low'
                ) }}
        end as disclosure_low,
        case
            when shown.is_disclosure_shown
                then {{ wilson_bound(
                    'shown.disclosure_share', 'shown.disclosure_effective_n', 'shown.disclosure_t_quantile', 'high'
                ) }}
        end as disclosure_high,
        {{ quantile_of_sorted('shown.values_usd', '0.10') }} as salary_p10_usd_annual,
        {{ quantile_of_sorted('shown.values_usd', '0.25') }} as salary_p25_usd_annual,
        {{ quantile_of_sorted('shown.values_usd', '0.50') }} as salary_median_usd_annual,
        {{ quantile_of_sorted('shown.values_usd', 'shown.half_low') }} as salary_median_usd_annual_low,
        {{ quantile_of_sorted('shown.values_usd', 'shown.half_high') }} as salary_median_usd_annual_high,
        {{ quantile_of_sorted('shown.values_usd', '0.75') }} as salary_p75_usd_annual,
        {{ quantile_of_sorted('shown.values_usd', '0.90') }} as salary_p90_usd_annual,
        {{ quantile_of_sorted('shown.constant_values_usd', '0.50') }} as salary_median_constant_usd_annual,
        -- both take their bounds at the ranks of the dollar median: they have the same, or nearly the same, postings
        {{ quantile_of_sorted('shown.constant_values_usd', 'shown.half_low') }}
            as salary_median_constant_usd_annual_low,
        {{ quantile_of_sorted('shown.constant_values_usd', 'shown.half_high') }}
            as salary_median_constant_usd_annual_high,
        case when shown.local_values is not null then shown.currency end as currency,
        cast(case when shown.local_values is not null then shown.n_in_currency end as integer) as n_in_currency,
        {{ quantile_of_sorted('shown.local_values', '0.50') }} as salary_median_annual,
        {{ quantile_of_sorted('shown.local_values', 'shown.half_low') }} as salary_median_annual_low,
        {{ quantile_of_sorted('shown.local_values', 'shown.half_high') }} as salary_median_annual_high,
        shown_matched.matched_median_usd_annual,
        shown_matched.matched_median_low,
        shown_matched.matched_median_high,
        {{ effect(
            quantile_of_sorted('shown.values_usd', '0.50') ~ ' - shown_matched.matched_median_usd_annual', digits=6
        ) }} as median_coverage_effect_usd,
        shown_matched.matched_since,
        shown_matched.controlled_change_13w,
        shown_matched.controlled_change_13w_low,
        shown_matched.controlled_change_13w_high,
        shown_matched.controlled_change_13w_usd,
        shown_matched.controlled_change_13w_usd_low,
        shown_matched.controlled_change_13w_usd_high,
        shown_matched.controlled_change_52w,
        shown_matched.controlled_change_52w_low,
        shown_matched.controlled_change_52w_high,
        shown_matched.controlled_change_52w_usd,
        shown_matched.controlled_change_52w_usd_low,
        shown_matched.controlled_change_52w_usd_high,
        shown_matched.n_job_kinds_13w,
        shown_matched.n_job_kinds_52w,
        case when shown.is_shown then shown.share_from_board_field end as share_from_board_field,
        case when shown.is_shown then shown.share_from_markup end as share_from_markup,
        case when shown.is_shown then shown.share_from_text end as share_from_text,
        {{ cell_status('shown.floor_reason', cell_break_reason('shown'), 'weeks.is_provisional') }} as status,
        {{
            cell_status('shown.disclosure_floor_reason', cell_break_reason('shown'), 'weeks.is_provisional')
        }} as disclosure_status,
        {{ cell_coverage_ratio('shown') }} as coverage_ratio,
        {{ cell_break_reason('shown') }} as break_reason,
        shown.floor_reason,
        shown.disclosure_floor_reason
    from shown
    inner join weeks on shown.week_start = weeks.week_start
    left join shown_matched on {{ same_cell('shown', 'shown_matched', also=['seniority']) }}
    left join cell_coverage on {{ same('shown', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
