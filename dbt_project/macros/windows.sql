{# CTE window_coverage: how much of each cell the crawls of a window reached, the mean over its weeks; the most that
   entered or left the crawls from one of its weeks to the next; and whether it ends with a week that is provisional.
   From `cell_coverage` and `weeks`; `openings` tells the last week. A company that is missed for a week or two is no
   break here: an opening counts once, whichever of the weeks it was seen in. #}
{% macro window_coverage(openings, n_weeks=var('pay_window_weeks')) -%}
window_coverage as (

    select
        cell_coverage.role_family,
        cell_coverage.country,
        avg(cell_coverage.coverage_ratio) as coverage_ratio,
        -- who entered in the first of the weeks is there in all of them
        coalesce(
            max(cell_coverage.turnover_share) filter (
                where cell_coverage.week_start
                > (select max({{ openings }}.week_start) from {{ openings }}) - 7 * ({{ n_weeks }} - 1)
            ), 0
        ) as turnover_share,
        max_by(weeks.is_provisional, weeks.week_start) as is_provisional
    from cell_coverage
    inner join weeks on cell_coverage.week_start = weeks.week_start
    where
        cell_coverage.week_start > (select max({{ openings }}.week_start) from {{ openings }}) - 7 * {{ n_weeks }}
        and cell_coverage.week_start <= (select max({{ openings }}.week_start) from {{ openings }})
    group by all

)
{%- endmacro %}

{# The status of a figure over a window: of one joined to window_coverage. #}
{% macro window_status(reason) -%}
    {{ cell_status(
        reason,
        'window_coverage.coverage_ratio',
        'window_coverage.coverage_ratio',
        'window_coverage.is_provisional',
        'window_coverage.turnover_share'
    ) }}
{%- endmacro %}

{# A difference of logarithms as a part: 0.1 is ten per cent more. #}
{% macro part_of(log_difference) -%}
    exp({{ log_difference }}) - 1
{%- endmacro %}
