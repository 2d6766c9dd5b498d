with

window_openings as (

    select * from {{ ref('int_window_openings') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

versions as (

    select * from {{ ref('int_posting_versions') }}

),

lives as (

    select * from {{ ref('int_posting_lives') }}

),

companies as (

    select * from {{ ref('int_companies') }}

),

ends as (

    select max(window_openings.week_start) as week_start
    from window_openings
    where
        window_openings.window_name = 'pay'
        and window_openings.is_counted

),

-- the last headcount that a posting of the employer had stated by the end of the window
headcounts as (

    select
        contents.company_key,
        arg_max(
            contents.company_employees, (least(lives.last_seen_at, ends.week_start + 7), contents.posting_key)
        ) as employees
    from contents
    inner join versions on {{ same('contents', 'versions', ['posting_key', 'version_no']) }}
    inner join lives on contents.posting_key = lives.posting_key
    cross join ends
    where
        contents.company_employees is not null
        and lives.first_seen_at < ends.week_start + 7
        and (versions.first_week is null or versions.first_week <= ends.week_start)
        and (versions.last_week is null or versions.last_week >= ends.week_start)
    group by contents.company_key

),

registered as (

    select
        companies.company_key,
        case
            when companies.size_band in ('1-50', '51-200') then 'sme'
            when companies.size_band in ('201-1000', '1001-5000', '5001+') then 'large'
        end as company_size_band
    from companies

),

final as (

    select
        registered.company_key,
        case
            when registered.company_size_band is not null then registered.company_size_band
            when headcounts.employees < 250 then 'sme'
            when headcounts.employees >= 250 then 'large'
            else 'unspecified'
        end as company_size_band,
        case
            when registered.company_size_band is not null then 'registry'
            when headcounts.employees is not null then 'text'
        end as size_basis
    from registered
    left join headcounts on registered.company_key = headcounts.company_key

)

select * from final
