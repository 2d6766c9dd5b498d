with

{{ sample_imports() }},

postings as (

    select * from {{ ref('int_postings') }}

),

-- who can be asked: canonical postings whose text can be read
final as (

    {{ samples(
        counts=['count(*) as n_postings'],
        joined=['postings'],
        conditions=['postings.has_description']
    ) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
