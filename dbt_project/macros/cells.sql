{# Why a cell is below its floor; null if it is not. The vars in dbt_project.yml set the floors and give their reasons.
   n_all: the total that the largest company's number is compared with, where that is not n_postings #}
{% macro floor_reason(n_postings, n_companies, n_of_largest, what='postings', n_all=none) -%}
    case
        when {{ n_postings }} < {{ var('min_postings') }} then 'fewer than {{ var("min_postings") }} {{ what }}'
        when {{ n_companies }} < {{ var('min_companies') }} then 'fewer than {{ var("min_companies") }} companies'
        when {{ n_of_largest }} > {{ var('max_company_share') }} * {{ n_all or n_postings }}
            then 'one company has more than {{ (var("max_company_share") * 100) | int }} %'
    end
{%- endmacro %}

{# Why figures cannot be compared with those of the week before, the strongest reason first; null if they can. Either
   coverage is too low or unknown, or the crawled companies changed, or coverage jumped. Differences are rounded because
   0.9 - 0.8 exceeds 0.1 in binary. A window has no predecessor, so only the first reason applies to it. #}
{% macro break_reason(coverage_ratio, previous_ratio=none, entering_share='0', leaving_share='0') -%}
    case
        when {{ coverage_ratio }} is null or {{ coverage_ratio }} < {{ var('min_coverage_ratio') }} then 'few_reached'
        {%- if previous_ratio %}
        when round(greatest({{ entering_share }}, {{ leaving_share }}), 9) > {{ var('max_turnover_share') }}
            then case when {{ entering_share }} > {{ leaving_share }} then 'sources_added' else 'sources_lost' end
        when round({{ previous_ratio }} - {{ coverage_ratio }}, 9) > {{ var('max_coverage_change') }}
            then 'coverage_fell'
        when round({{ coverage_ratio }} - {{ previous_ratio }}, 9) > {{ var('max_coverage_change') }}
            then 'coverage_rose'
        {%- endif %}
    end
{%- endmacro %}

{# The coverage of a weekly cell and why it breaks, from a left-joined `cell_coverage`. For a flow, a company is covered
   only if all of its flow is known.
   relation: has the measure; without it, the stock #}
{% macro cell_coverage_ratio(relation) -%}
    if({{ relation }}.measure = 'flow', cell_coverage.flow_coverage_ratio, cell_coverage.coverage_ratio)
{%- endmacro %}

{% macro cell_break_reason(relation=none) -%}
    case
        when cell_coverage.coverage_ratio is null then 'few_reached'
        {%- if relation %}
        when {{ relation }}.measure = 'flow' then cell_coverage.flow_break_reason
        {%- endif %}
        else cell_coverage.break_reason
    end
{%- endmacro %}

{# The status of a cell, the strongest reservation first. #}
{% macro cell_status(floor_reason, break_reason, is_provisional) -%}
    case
        when {{ floor_reason }} is not null then 'suppressed'
        when {{ break_reason }} is not null then 'coverage_break'
        when {{ is_provisional }} then 'provisional'
        else 'final'
    end
{%- endmacro %}

{# Changes as they are published: null while the week is not over, because the part of a week that has been observed
   does not show how the complete week moved.
   columns: the changes in `relation`, which is joined to `weeks` #}
{% macro changes_of_weeks_over(relation, columns) -%}
    {%- for column in columns -%}
    case when weeks.is_over then {{ relation }}.{{ column }} end as {{ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The role families that the rpt_ marts count, as a list for `in`. #}
{% macro ml_role_families() -%}
    ('{{ var("ml_role_families") | join("', '") }}')
{%- endmacro %}

{# The columns of a weekly cell, qualified by their relation.
   also: columns that divide the cell further #}
{% macro cell_columns(relation, also=[]) -%}
    {%- for column in ['week_start', 'measure', 'role_family', 'country'] + also %}
        {{ relation }}.{{ column }},
    {%- endfor %}
{%- endmacro %}

{# CTE company_cells: the counts of each company in each cell.
   counts: the aggregate expressions, with their names #}
{% macro company_cells(samples, counts, also=[]) -%}
company_cells as (

    select
        {{- cell_columns(samples, also) }}
        {{ samples }}.company_key,
        {{ counts | join(',\n        ') }}
    from {{ samples }}
    group by all

)
{%- endmacro %}

{# CTEs company_cells and cells: the sample of each cell and whether it reaches its floor.
   samples: a relation with company_key and n_postings #}
{% macro cells(samples, also=[]) -%}
{{ company_cells(samples, ['sum(' ~ samples ~ '.n_postings) as n_of_company'], also) }},

cells as (

    select
        {{- cell_columns('company_cells', also) }}
        sum(company_cells.n_of_company) as n_postings,
        count(*) as n_companies,
        sum(company_cells.n_of_company * company_cells.n_of_company) as sum_nn,
        {{ floor_reason(
            'sum(company_cells.n_of_company)', 'count(*)', 'max(company_cells.n_of_company)'
        ) }} as floor_reason
    from company_cells
    group by all

)
{%- endmacro %}

{# CTE cells, from a CTE cell_samples on int_cell_samples: the sample of each cell and whether it reaches its floor, and
   the cell's number, by which windows sort faster than by its names. #}
{% macro sampled_cells(also=[]) -%}
cells as (

    select
        {{- cell_columns('cell_samples', also) }}
        row_number() over () as cell_no,
        cell_samples.n_postings,
        cell_samples.n_companies,
        cell_samples.sum_nn,
        {{ equal_companies('cell_samples.n_postings', 'cell_samples.sum_nn', 'cell_samples.sum_nnn') }}
            as equal_companies,
        {{ floor_reason('cell_samples.n_postings', 'cell_samples.n_companies', 'cell_samples.n_of_largest') }}
            as floor_reason
    from cell_samples

)
{%- endmacro %}
