{# Whether a posting is of the thirteen weeks by which a week's discovery delay is measured: they end as long before the
   week does as a discovery may take, so that all of theirs are known by then. #}
{% macro in_delay_window(week_end, posted_at) -%}
    (
        {{ posted_at }} < {{ week_end }} - interval '{{ var("max_provisional_days") }} days'
        and {{ posted_at }} >= {{ week_end }} - interval '{{ var("max_provisional_days") }} days' - interval 91 day
    )
{%- endmacro %}
