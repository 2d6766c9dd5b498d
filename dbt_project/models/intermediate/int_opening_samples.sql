with

posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}
    where is_canonical

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

),

-- numbers stand in for names below: joining and grouping by integers is much faster
named_companies as (

    select
        posting_weeks.company_key,
        cast(row_number() over () as integer) as company_no
    from posting_weeks
    group by posting_weeks.company_key

),

named_cells as (

    select
        posting_cells.role_family,
        posting_cells.country,
        cast(row_number() over () as integer) as cell_no
    from posting_cells
    group by posting_cells.role_family, posting_cells.country

),

numbered_weeks as (

    select
        posting_weeks.week_start,
        posting_weeks.measure = 'stock' as is_stock,
        posting_weeks.posting_key,
        posting_weeks.version_no,
        named_companies.company_no
    from posting_weeks
    inner join named_companies on posting_weeks.company_key = named_companies.company_key

),

numbered_cells as (

    select
        posting_cells.posting_key,
        posting_cells.version_no,
        named_cells.cell_no
    from posting_cells
    inner join named_cells on {{ same('posting_cells', 'named_cells', ['role_family', 'country']) }}

),

counted as (

    select
        numbered_weeks.week_start,
        numbered_weeks.is_stock,
        numbered_cells.cell_no,
        numbered_weeks.company_no,
        count(*) as n_postings
    from numbered_weeks
    inner join numbered_cells on {{ same('numbered_weeks', 'numbered_cells', ['posting_key', 'version_no']) }}
    group by all

),

final as (

    select
        counted.week_start,
        case when counted.is_stock then 'stock' else 'flow' end as measure,
        named_cells.role_family,
        named_cells.country,
        named_companies.company_key,
        counted.n_postings
    from counted
    inner join named_cells on counted.cell_no = named_cells.cell_no
    inner join named_companies on counted.company_no = named_companies.company_no

)

select * from final
-- stores the rows of a cell together, as they are read together
order by measure, role_family, country, week_start
