{# A title with mail addresses and telephone numbers masked, so that one employer's slip does not stop publication.
   Telephone numbers are those in international form, in North American groups or in five French pairs, and German or
   French ones after their label; years and requisition numbers do not match. The patterns are those that publication
   and gate 2 check (jobmarket.publishing.private_columns); a test keeps them equal. Descriptions are not published;
   jobmarket.extract.contact handles their contact data. #}
{% macro without_contact(title) -%}
    regexp_replace(
        case
            when contains({{ title }}, '@') then regexp_replace(
                {{ title }},
                '[A-Za-zÀ-ž0-9._%+-]{1,64}@[A-Za-zÀ-ž0-9-]{1,63}(?:\.[A-Za-zÀ-ž0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}',
                '[email]', 'g'
            )
            else {{ title }}
        end,
        '(?:\+|\b00)\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b0[1-9](?:[ .]\d\d){4}\b|\b(?i:t[eé]l(?:[eé](?:fon|phone))?|handy)[.: ]{0,4}\(?0\d[\d ()/.-]{4,}\d',
        '[phone]', 'g'
    )
{%- endmacro %}
