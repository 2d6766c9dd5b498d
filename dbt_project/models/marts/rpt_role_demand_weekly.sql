{%- set growths = [
    'matched_index',
    'change_4w',
    'change_13w',
    'change_52w',
    'matched_index_13w',
    'quarter_change',
    'quarter_change_52w',
] -%}
with

opening_samples as (

    select * from {{ ref('int_opening_samples') }}

),

matched as (

    select * from {{ ref('int_matched_counts') }}

),

cell_coverage as (

    select * from {{ ref('int_cell_coverage') }}

),

weeks as (

    select * from {{ ref('int_weeks') }}

),

{{ cells('opening_samples') }},

-- a week that is not over does not have all its openings yet, so its count cannot be compared
shown as (

    select matched.*
    from matched
    inner join cells on {{ same_cell('matched', 'cells') }}
    inner join weeks on matched.week_start = weeks.week_start
    where
        cells.floor_reason is null
        and weeks.is_over

),

final as (

    select
        cells.week_start,
        cells.measure,
        cells.role_family,
        cells.country,
        cast(cells.n_postings as integer) as n_postings,
        cast(cells.n_companies as integer) as n_companies,
        shown.demand_index,
        shown.matched_index,
        shown.matched_index_low,
        shown.matched_index_high,
        -- openings still to be discovered are no effect of coverage; if their number is unknown, so is the effect
        case
            when cells.measure = 'stock' or not weeks.is_provisional or shown.expected_known_share is not null
                then {{ effect(
                    'shown.demand_index / coalesce(shown.expected_known_share, 1) / shown.matched_index - 1'
                ) }}
        end as coverage_effect,
        shown.matched_since,
        shown.change_4w,
        shown.change_4w_low,
        shown.change_4w_high,
        shown.change_13w,
        shown.change_13w_low,
        shown.change_13w_high,
        shown.change_52w,
        shown.change_52w_low,
        shown.change_52w_high,
        shown.matched_index_13w,
        shown.matched_index_13w_low,
        shown.matched_index_13w_high,
        shown.quarter_change,
        shown.quarter_change_low,
        shown.quarter_change_high,
        shown.quarter_change_52w,
        shown.quarter_change_52w_low,
        shown.quarter_change_52w_high,
        shown.expected_known_share,
        {{ cell_status('cells.floor_reason', cell_break_reason('cells'), 'weeks.is_provisional') }} as status,
        {{ cell_coverage_ratio('cells') }} as coverage_ratio,
        {{ cell_break_reason('cells') }} as break_reason,
        {% for growth in growths -%}
            case
                when shown.{{ growth }} is null
                    then coalesce(
                        cells.floor_reason,
                        case when not weeks.is_over then 'the week is not over' end,
                        shown.{{ growth }}_floor_reason,
                        'no earlier week can be compared'
                    )
            end as {{ growth }}_floor_reason,
        {% endfor -%}
        cells.floor_reason
    from cells
    inner join weeks on cells.week_start = weeks.week_start
    left join shown on {{ same_cell('cells', 'shown') }}
    left join cell_coverage on {{ same('cells', 'cell_coverage', ['week_start', 'role_family', 'country']) }}

)

select * from final
