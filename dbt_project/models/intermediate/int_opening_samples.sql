with

{{ sample_imports() }},

final as (

    {{ samples(counts=['count(*) as n_postings']) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, week_start
