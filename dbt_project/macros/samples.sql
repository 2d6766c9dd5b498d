{# Postings of the weekly tables by employer and by where they were seen: what every int_…_samples is made of. #}

{# The imports that all of them begin with. #}
{% macro sample_imports() -%}
posting_weeks as (

    select * from {{ ref('int_posting_weeks') }}

),

posting_cells as (

    select * from {{ ref('int_posting_cells') }}

)
{%- endmacro %}

{# CTEs that tell the level and the workplace that a posting with a text counts under, each alone, beside all together.
   What a posting does not state is no segment. #}
{% macro sample_segments() -%}
postings as (

    select * from {{ ref('int_postings') }}

),

segments as (

    select
        postings.posting_key,
        'all' as seniority,
        'all' as workplace
    from postings
    where postings.has_description
    union all
    select
        postings.posting_key,
        postings.seniority,
        'all' as workplace
    from postings
    where
        postings.has_description
        and postings.seniority not in ('unspecified', 'multiple')
    union all
    select
        postings.posting_key,
        'all' as seniority,
        postings.workplace
    from postings
    where
        postings.has_description
        and postings.workplace != 'unspecified'

)
{%- endmacro %}

{# Which segments are counted where: with a family and a country at once they would be small, and many. #}
{% macro segments_counted() -%}
    (
        segments.seniority = 'all' and segments.workplace = 'all'
        or posting_cells.role_family = 'all'
        or posting_cells.country = 'all'
    )
{%- endmacro %}

{# The canonical postings of each week, cell, employer and source, counted. `counts`: the columns that are counted;
   `by`: what else the postings are told apart by; `joined`: relations with a row for each posting_key that can be
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
    inner join posting_cells on posting_weeks.posting_key = posting_cells.posting_key
    {%- for relation in joined %}
    inner join {{ relation }} on posting_weeks.posting_key = {{ relation }}.posting_key
    {%- endfor %}
    where
        posting_weeks.is_canonical
        {%- for condition in conditions %}
        and {{ condition }}
        {%- endfor %}
    group by all
{%- endmacro %}
