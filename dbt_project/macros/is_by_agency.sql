{# Whether an agency posted an opening: text or board say that it is for somebody else, or the company is an agency.
   content: a relation with is_for_client; company: int_companies #}
{% macro is_by_agency(content, company) -%}
    ({{ content }}.is_for_client or {{ company }}.agency_basis is not null)
{%- endmacro %}
