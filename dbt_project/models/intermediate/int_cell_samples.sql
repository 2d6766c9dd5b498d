with

{{ sample_imports() }},

{{ sample_segments() }},

-- who can be asked: canonical postings whose text can be read
final as (

    {{ samples(
        by=['segments.seniority', 'segments.workplace'],
        counts=['count(*) as n_postings'],
        joined=['segments'],
        conditions=[segments_counted()]
    ) }}

)

select * from final
-- a cell is read at once
order by measure, role_family, country, seniority, workplace, week_start
