{# The columns that staging takes from a landed version: all but the payload, with URLs safe to show. Titles may
   contain contact data: int_posting_facts has those to show. #}
{% macro contents(posting_versions) -%}
    {{ posting_versions }}.posting_key,
    {{ posting_versions }}.content_hash,
    {{ posting_versions }}.board,
    {{ posting_versions }}.company_slug,
    {{ posting_versions }}.native_id,
    -- becomes a link in the report: only http and https, never a script
    case when regexp_matches({{ posting_versions }}.url, '(?i)^https?://[^\s/]+') then {{ posting_versions }}.url end as url,
    {{ posting_versions }}.title,
    {{ posting_versions }}.company_name,
    {{ posting_versions }}.location_text,
    {{ posting_versions }}.job_locations,
    {{ posting_versions }}.workplace_text,
    {{ posting_versions }}.is_remote,
    {{ posting_versions }}.employment_type_text,
    {{ posting_versions }}.is_for_client,
    {{ posting_versions }}.base_salary,
    {{ posting_versions }}.pay_text,
    {{ posting_versions }}.description_html,
    {{ posting_versions }}.description_text,
    {{ posting_versions }}.language,
    {{ posting_versions }}.requisition_id,
    {{ posting_versions }}.date_posted,
    {{ posting_versions }}.valid_through,
    {{ posting_versions }}.landed_run_id
{%- endmacro %}
