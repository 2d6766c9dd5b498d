with

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

posting_pay as (

    select * from {{ ref('int_posting_pay') }}

),

-- a posting with a text could have stated its pay; one without a text counts only if it states pay
asked as (

    select
        contents.posting_key,
        contents.version_no,
        contents.role_family,
        contents.seniority,
        contents.locations[1].country as first_country,
        contents.has_description,
        -- for whichever country, in whichever currency and period: an amount that cannot be compared is no pay here,
        -- but the posting does not hide its pay
        len({{ distinct_of(
            'salary.kind', 'salary', 'contents.salaries',
            "salary.kind in ('base', 'unspecified') and coalesce(salary.min, salary.max) > 0"
        ) }}) > 0 as states_pay
    from contents
    where
        contents.has_description
        or len(contents.salaries) > 0

),

final as (

    select
        posting_cells.posting_key,
        posting_cells.version_no,
        posting_cells.role_family,
        posting_cells.country,
        unnest(['all', asked.seniority]) as seniority,
        asked.has_description,
        asked.states_pay,
        posting_pay.usd_annual,
        posting_pay.constant_usd_annual,
        posting_pay.local_annual,
        -- pay in several currencies has no amount as stated
        coalesce(posting_pay.local_annual, posting_pay.constant_usd_annual, posting_pay.usd_annual) as compared_annual,
        posting_pay.currency,
        posting_pay.amount_basis,
        -- pay changes are compared within a kind of job, so that a change in their mix is not a change in pay
        case
            when posting_pay.usd_annual is not null
                then concat_ws(
                    '/',
                    asked.role_family,
                    asked.seniority,
                    case when posting_cells.country = 'all' then asked.first_country else posting_cells.country end,
                    coalesce(posting_pay.period, 'several'),
                    coalesce(posting_pay.currency, 'several')
                )
        end as job_kind
    from posting_cells
    inner join asked on {{ same('posting_cells', 'asked', ['posting_key', 'version_no']) }}
    left join posting_pay
        on {{ same('posting_cells', 'posting_pay', ['posting_key', 'version_no', 'country']) }}

)

select * from final
