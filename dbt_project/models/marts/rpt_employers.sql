with

opening_samples as (

    select * from {{ ref('int_opening_samples') }}

),

companies as (

    select * from {{ ref('dim_companies') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

-- until the week is over, it is not known who hires in it
latest as (

    select weeks.week_start
    from weeks
    where
        weeks.is_current
        and weeks.is_over

),

employers as (

    select
        latest.week_start,
        opening_samples.role_family,
        opening_samples.country,
        opening_samples.company_key,
        coalesce(
            sum(opening_samples.n_postings) filter (
                where opening_samples.measure = 'stock' and latest.week_start = opening_samples.week_start
            ),
            0
        ) as n_open,
        coalesce(
            sum(opening_samples.n_postings) filter (
                where opening_samples.measure = 'flow' and latest.week_start < opening_samples.week_start + 7 * 4
            ),
            0
        ) as n_new_4w,
        coalesce(
            sum(opening_samples.n_postings) filter (where opening_samples.measure = 'flow'), 0
        ) as n_new_13w
    from opening_samples
    inner join latest
        on
            opening_samples.week_start <= latest.week_start
            and opening_samples.week_start + 7 * 13 > latest.week_start
    group by all

),

-- an employer without open or recent openings is not hiring
hiring as (

    select
        employers.*,
        companies.company_name is not null and not companies.is_agency as is_employer
    from employers
    inner join companies on employers.company_key = companies.company_key
    where employers.n_open + employers.n_new_13w > 0

),

ranked as (

    select
        hiring.*,
        rank() over (partition by hiring.role_family, hiring.country, hiring.is_employer order by hiring.n_open desc)
            as open_rank,
        row_number() over (
            partition by hiring.role_family, hiring.country, hiring.is_employer
            order by hiring.n_open desc, hiring.company_key asc
        ) as place
    from hiring

),

cells as (

    select
        ranked.role_family,
        ranked.country,
        sum(ranked.n_open) as n_postings,
        count(*) filter (where ranked.n_open > 0) as n_companies,
        sum(ranked.n_new_13w) as n_new_postings_13w,
        count(*) filter (where ranked.n_new_13w > 0) as n_new_companies_13w,
        -- the probability that two of the openings belong to one employer
        sum(ranked.n_open * (ranked.n_open - 1))
        / nullif(sum(ranked.n_open) * (sum(ranked.n_open) - 1), 0) as concentration,
        {{ share(
            'sum(ranked.n_open) filter (where ranked.place <= 5 and ranked.is_employer)', 'sum(ranked.n_open)'
        ) }} as top_5_share,
        -- one employer having most openings is a result of this table, not a reason to withhold it
        {{ floor_reason('sum(ranked.n_open)', 'count(*) filter (where ranked.n_open > 0)', '0') }} as floor_reason,
        {{ floor_reason(
            'sum(ranked.n_new_13w)', 'count(*) filter (where ranked.n_new_13w > 0)', '0'
        ) }} as own_new_floor_reason
    from ranked
    group by all

),

shares as (

    select
        ranked.*,
        cells.n_postings,
        cells.n_companies,
        cells.n_new_postings_13w,
        cells.n_new_companies_13w,
        cells.floor_reason,
        coalesce(cells.floor_reason, cells.own_new_floor_reason) as new_floor_reason,
        case when cells.floor_reason is null then {{ share('ranked.n_open', 'cells.n_postings') }} end as share_of_open,
        case when cells.floor_reason is null and ranked.is_employer then ranked.open_rank end as shown_rank,
        case
            when coalesce(cells.floor_reason, cells.own_new_floor_reason) is null
                then {{ share('ranked.n_new_13w', 'cells.n_new_postings_13w') }}
        end as share_of_new_13w,
        case when cells.floor_reason is null then cells.concentration end as concentration,
        case when cells.floor_reason is null then cells.top_5_share end as top_5_share
    from ranked
    inner join cells on {{ same('ranked', 'cells', ['role_family', 'country']) }}

),

final as (

    select
        shares.week_start,
        shares.role_family,
        shares.country,
        shares.company_key,
        companies.company_name,
        companies.sector,
        companies.size_band,
        companies.hq_country,
        companies.is_agency,
        cast(shares.n_open as integer) as n_open,
        cast(shares.n_new_4w as integer) as n_new_4w,
        cast(shares.n_new_13w as integer) as n_new_13w,
        cast(shares.n_postings as integer) as n_postings,
        cast(shares.n_companies as integer) as n_companies,
        cast(shares.n_new_postings_13w as integer) as n_new_postings_13w,
        cast(shares.n_new_companies_13w as integer) as n_new_companies_13w,
        shares.share_of_open,
        cast(shares.shown_rank as integer) as open_rank,
        shares.share_of_new_13w,
        shares.concentration,
        shares.top_5_share,
        -- the last finished week is provisional for two weeks or more (provisional_days)
        {{ cell_status('shares.floor_reason', cell_break_reason(), 'true') }} as status,
        cell_coverage.coverage_ratio,
        {{ cell_break_reason() }} as break_reason,
        shares.floor_reason,
        shares.new_floor_reason
    from shares
    inner join companies on shares.company_key = companies.company_key
    left join cell_coverage on {{ same('shares', 'cell_coverage', ['week_start', 'role_family', 'country']) }}
    -- openings that name no employer count in the totals, but there is no employer to list
    where companies.company_name is not null

)

select * from final
