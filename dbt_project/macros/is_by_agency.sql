{# Whether an agency posted an opening for somebody else: its text or its board says so, or its company is an agency.
   content: a relation with is_for_client; company: int_companies #}
{% macro is_by_agency(content, company) -%}
    ({{ content }}.is_for_client or {{ company }}.agency_basis is not null)
{%- endmacro %}
