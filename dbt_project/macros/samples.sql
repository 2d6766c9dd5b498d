{# Postings of the weekly tables by employer and by where they were seen: what every int_…_samples is made of. #}

{# The imports that all of them begin with. `cells`: the model with a row for each cell that a posting counts in. #}
{% macro sample_imports(cells='int_posting_cells') -%}
posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref(cells) }}

)
{%- endmacro %}

{# The canonical postings of each week, cell, employer and source, counted. `counts`: the columns that are counted;
   `by`: what else the postings are told apart by; `joined`: relations with a row for each content that can be
   counted; `conditions`: what else holds of a posting that is. #}
{% macro samples(counts, by=[], joined=[], conditions=[]) -%}
    select
        posting_weeks.week_start,
        posting_weeks.measure,
        posting_cells.role_family,
        posting_cells.country,
        posting_weeks.company_key,
        posting_weeks.board,
        posting_weeks.company_slug,
        {%- for column in by + counts %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from posting_weeks
    inner join posting_cells on {{ same('posting_weeks', 'posting_cells', ['posting_key', 'version_no']) }}
    {%- for relation in joined %}
    inner join {{ relation }} on {{ same('posting_weeks', relation, ['posting_key', 'version_no']) }}
    {%- endfor %}
    where
        posting_weeks.is_canonical
        {%- for condition in conditions %}
        and {{ condition }}
        {%- endfor %}
    group by all
{%- endmacro %}
