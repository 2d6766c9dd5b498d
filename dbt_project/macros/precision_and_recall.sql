{# Precision, recall and F1, with 95 % bounds (Wilson), as columns.
   relation: has precision, recall, n_predicted and n_labelled #}
{% macro precision_and_recall(relation) -%}
    {%- for share, denominator in [('precision', 'n_predicted'), ('recall', 'n_labelled')] %}
    {{ relation }}.{{ share }},
    {%- for side in ['low', 'high'] %}
    {{ wilson_bound(relation ~ '.' ~ share, relation ~ '.' ~ denominator, '1.959964', side) }} as {{ share }}_{{ side }},
    {%- endfor %}
    {%- endfor %}
    2 * {{ relation }}.precision * {{ relation }}.recall
        / nullif({{ relation }}.precision + {{ relation }}.recall, 0) as f1
{%- endmacro %}
