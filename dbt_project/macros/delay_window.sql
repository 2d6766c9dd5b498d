{# Whether a posting belongs to the thirteen weeks from which a week's discovery delay is measured. They end as long
   before the end of the week as a discovery may take, so that all of their postings are known by then. #}
{% macro in_delay_window(week_end, posted_at) -%}
    (
        {{ posted_at }} < {{ week_end }} - interval '{{ var("max_provisional_days") }} days'
        and {{ posted_at }} >= {{ week_end }} - interval '{{ var("max_provisional_days") }} days' - interval 91 day
    )
{%- endmacro %}
