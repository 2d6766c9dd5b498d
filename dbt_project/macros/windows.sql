{# The status of a figure over a window, whose row is joined to window_coverage. #}
{% macro window_status(reason) -%}
    {{ cell_status(reason, break_reason('window_coverage.coverage_ratio'), 'window_coverage.is_provisional') }}
{%- endmacro %}

{# A difference of logarithms as a relative difference: 0.1 is ten per cent more. #}
{% macro part_of(log_difference) -%}
    exp({{ log_difference }}) - 1
{%- endmacro %}
