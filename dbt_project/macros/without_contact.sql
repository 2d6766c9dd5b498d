{# A title without mail addresses and telephone numbers: one employer's slip must not stop all from being published.
   Telephone numbers are the international form and North American groups; years and requisition numbers are none.
   The descriptions are not published; their contact data is the extractor's (jobmarket.extract.contact). #}
{% macro without_contact(title) -%}
    regexp_replace(
        regexp_replace(
            {{ title }}, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}', '[email]', 'g'
        ),
        '(\+|\b00)\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b', '[phone]', 'g'
    )
{%- endmacro %}
