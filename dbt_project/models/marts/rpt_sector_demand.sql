with

shares as (

    {{ attribute_shares('sector', 'sector') }}

),

{{ sample_imports() }},

known_postings as (

    select
        contents.posting_key,
        contents.version_no,
        contents.sector
    from {{ ref('int_posting_contents') }} as contents
    where
        contents.has_description
        and contents.sector != 'unspecified'

),

-- of postings whose sector is known
known_samples as (

    {{ samples(
        by=['known_postings.sector'],
        counts=['count(*) as n_postings'],
        joined=['known_postings']
    ) }}

),

{{ cells('known_samples') }},

company_sectors as (

    select
        {{- cell_columns('known_samples', also=['company_key']) }}
        known_samples.sector,
        sum(known_samples.n_postings) as n_with
    from known_samples
    group by all

),

sectors as (

    select
        {{- cell_columns('company_sectors', also=['sector']) }}
        sum(company_sectors.n_with) as n_with,
        sum(company_sectors.n_with * company_sectors.n_with) as sum_yy,
        sum(company_sectors.n_with * company_cells.n_of_company) as sum_yn
    from company_sectors
    inner join company_cells on {{ same_cell('company_sectors', 'company_cells', also=['company_key']) }}
    group by all

),

joined as (

    select
        shares.*,
        coalesce(cells.n_postings, 0) as n_known,
        coalesce(cells.n_companies, 0) as n_companies_known,
        coalesce(
            shares.floor_reason,
            -- where nobody tells, there is no cell
            case when cells.n_postings is null then 'fewer than {{ var("min_postings") }} postings' end,
            cells.floor_reason
        ) as cell_floor_reason,
        case when shares.sector != 'unspecified' then cell_floor_reason end as known_floor_reason,
        shares.sector != 'unspecified' and cell_floor_reason is null as is_shown,
        {{ share('shares.n_with', 'cells.n_postings') }} as share_of_known,
        -- an employer is of one sector: its postings are all alike
        {{ effective_n(
            'shares.n_with',
            'cells.n_postings',
            'cells.n_companies',
            'coalesce(sectors.sum_yy, 0)',
            'coalesce(sectors.sum_yn, 0)',
            'cells.sum_nn',
            '1.0'
        ) }} as effective_n,
        {{ interval_t('cells.n_postings', 'cells.sum_nn') }} as t_quantile
    from shares
    left join cells on {{ same_cell('shares', 'cells') }}
    left join sectors on {{ same_cell('shares', 'sectors', also=['sector']) }}

),

final as (

    select
        joined.week_start,
        joined.measure,
        joined.role_family,
        joined.country,
        joined.sector,
        joined.n_postings,
        joined.n_companies,
        joined.n_with,
        -- all that `unspecified` leaves: shown where the share of that is, however few they are
        cast(case when joined.floor_reason is null then joined.n_known end as integer) as n_known,
        cast(case when joined.floor_reason is null then joined.n_companies_known end as integer) as n_companies_known,
        case
            when joined.floor_reason is null
                then {{ share('joined.n_known', 'joined.n_postings') }}
        end as known_share,
        joined.share,
        joined.share_low,
        joined.share_high,
        case when joined.is_shown then joined.share_of_known end as share_of_known,
        case
            when joined.is_shown
                then {{ wilson_bound('joined.share_of_known', 'joined.effective_n', 'joined.t_quantile', 'low') }}
        end as share_of_known_low,
        case
            when joined.is_shown
                then {{ wilson_bound('joined.share_of_known', 'joined.effective_n', 'joined.t_quantile', 'high') }}
        end as share_of_known_high,
        joined.matched_share,
        joined.matched_low,
        joined.matched_high,
        joined.coverage_effect,
        joined.matched_since,
        joined.change_13w,
        joined.change_13w_low,
        joined.change_13w_high,
        joined.status,
        joined.coverage_ratio,
        joined.break_reason,
        joined.floor_reason,
        joined.known_floor_reason
    from joined

)

select * from final
