{# Why a cell is below its floor, null if it is not. The bounds and their reasons: vars in dbt_project.yml. `n_all`: what
   the largest company's are a part of, where these are not the postings that the floor counts. #}
{% macro floor_reason(n_postings, n_companies, n_of_largest, what='postings', n_all=none) -%}
    case
        when {{ n_postings }} < {{ var('min_postings') }} then 'fewer than {{ var("min_postings") }} {{ what }}'
        when {{ n_companies }} < {{ var('min_companies') }} then 'fewer than {{ var("min_companies") }} companies'
        when {{ n_of_largest }} > {{ var('max_company_share') }} * {{ n_all or n_postings }}
            then 'one company has more than {{ (var("max_company_share") * 100) | int }} %'
    end
{%- endmacro %}

{# Why figures are not to be compared with those of the week before, the strongest reason first; null if they are: too
   little was reached (or nobody knows how much), other companies are asked, or the reach jumped. Shares are rounded, for
   0.9 - 0.8 is more than 0.1 in binary. Of a window, which has none before it, only the first can be. #}
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

{# The same of a weekly cell, of `cell_coverage` joined to it. #}
{% macro cell_break_reason() -%}
    case when cell_coverage.coverage_ratio is null then 'few_reached' else cell_coverage.break_reason end
{%- endmacro %}

{# The status of a cell of a week, the strongest reservation first. #}
{% macro cell_status(floor_reason, break_reason, is_provisional) -%}
    case
        when {{ floor_reason }} is not null then 'suppressed'
        when {{ break_reason }} is not null then 'coverage_break'
        when {{ is_provisional }} then 'provisional'
        else 'final'
    end
{%- endmacro %}

{# Changes, as they are published: none of a week that is not over. What it has met of its postings and crawls is a part
   of it, and a part says nothing of how the whole moved. `columns`: of `relation`, which is joined to `weeks`. #}
{% macro changes_of_weeks_over(relation, columns) -%}
    {%- for column in columns -%}
    case when weeks.is_over then {{ relation }}.{{ column }} end as {{ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The families that the rpt_ marts count, as a list for `in`. #}
{% macro ml_role_families() -%}
    ('{{ var("ml_role_families") | join("', '") }}')
{%- endmacro %}

{# The columns of a weekly cell, each with its relation's name before it; `also`: those that divide it further. #}
{% macro cell_columns(relation, also=[]) -%}
    {%- for column in ['week_start', 'measure', 'role_family', 'country'] + also %}
        {{ relation }}.{{ column }},
    {%- endfor %}
{%- endmacro %}

{# CTE company_cells: what each company has in each cell. `counts`: the columns that are counted. #}
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

{# CTEs company_cells and cells, of samples that count n_postings: the sample of each cell and whether it is enough. #}
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

{# CTE cells, of `cell_samples`: what int_cell_samples has of each cell and whether it is enough. #}
{% macro sampled_cells(also=[]) -%}
cells as (

    select
        {{- cell_columns('cell_samples', also) }}
        cell_samples.n_postings,
        cell_samples.n_companies,
        cell_samples.sum_nn,
        {{ floor_reason('cell_samples.n_postings', 'cell_samples.n_companies', 'cell_samples.n_of_largest') }}
            as floor_reason
    from cell_samples

)
{%- endmacro %}
