with

-- a posting is by an agency or by an employer, so every cell has a row of one of them or of both
shares as (

    {{ attribute_shares('advertised_by', 'advertised_by') }}

),

chosen as (

    select
        *,
        advertised_by = 'agency' as is_agency
    from shares
    qualify row_number() over (
        partition by week_start, measure, role_family, country
        order by advertised_by = 'agency' desc
    ) = 1

),

-- where there was no agency so far, the complement of the employers' row is a zero
final as (

    select
        week_start,
        measure,
        role_family,
        country,
        n_postings,
        n_companies,
        if(is_agency, n_with, n_postings - n_with) as n_with,
        if(is_agency, share, 1 - share) as share,
        if(is_agency, share_low, 1 - share_high) as share_low,
        if(is_agency, share_high, 1 - share_low) as share_high,
        if(is_agency, matched_share, 1 - matched_share) as matched_share,
        if(is_agency, matched_low, 1 - matched_high) as matched_low,
        if(is_agency, matched_high, 1 - matched_low) as matched_high,
        if(is_agency, coverage_effect, 0 - coverage_effect) as coverage_effect,
        matched_since,
        if(is_agency, change_13w, 0 - change_13w) as change_13w,
        if(is_agency, change_13w_low, 0 - change_13w_high) as change_13w_low,
        if(is_agency, change_13w_high, 0 - change_13w_low) as change_13w_high,
        status,
        coverage_ratio,
        break_reason,
        floor_reason
    from chosen

)

select * from final
