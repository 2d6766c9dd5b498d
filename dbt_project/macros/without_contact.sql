{# A title without mail addresses and telephone numbers: one employer's slip must not stop all from being published.
   Telephone numbers are the international form and North American groups; years and requisition numbers are none.
   The patterns are those that publication and gate 2 look for (jobmarket.publishing.private_columns); a test holds them
   together. The descriptions are not published; their contact data is the extractor's (jobmarket.extract.contact). #}
{% macro without_contact(title) -%}
    regexp_replace(
        case
            when contains({{ title }}, '@') then regexp_replace(
                {{ title }},
                '[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}',
                '[email]', 'g'
            )
            else {{ title }}
        end,
        '(?:\+|\b00)\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b',
        '[phone]', 'g'
    )
{%- endmacro %}
