{# CTE window_coverage: how much of each cell the crawls of the pay window reached, the mean over its weeks; and whether
   the window ends with a week that is provisional. From `cell_coverage` and `weeks`; `openings` tells the last week. #}
{% macro window_coverage(openings) -%}
window_coverage as (

    select
        cell_coverage.role_family,
        cell_coverage.country,
        avg(cell_coverage.coverage_ratio) as coverage_ratio,
        max_by(weeks.is_provisional, weeks.week_start) as is_provisional
    from cell_coverage
    inner join weeks on cell_coverage.week_start = weeks.week_start
    where
        cell_coverage.week_start > (select max({{ openings }}.week_start) from {{ openings }}) - 7 * {{ var('pay_window_weeks') }}
        and cell_coverage.week_start <= (select max({{ openings }}.week_start) from {{ openings }})
    group by all

)
{%- endmacro %}

{# The status of a figure over the pay window: of one joined to window_coverage. #}
{% macro window_status(reason) -%}
    {{ cell_status(
        reason, 'window_coverage.coverage_ratio', 'window_coverage.coverage_ratio', 'window_coverage.is_provisional'
    ) }}
{%- endmacro %}

{# A difference of logarithms as a part: 0.1 is ten per cent more. #}
{% macro part_of(log_difference) -%}
    exp({{ log_difference }}) - 1
{%- endmacro %}
