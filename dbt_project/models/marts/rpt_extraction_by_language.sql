with

samples as (

    select * from {{ ref('rpt_extraction_quality') }}
    where is_reference

),

counts as (

    select
        samples.language,
        samples.subject,
        samples.name,
        string_agg(samples.sample, ', ' order by samples.sample) as samples,
        cast(sum(samples.n_postings) as integer) as n_postings,
        cast(sum(samples.n_labelled) as integer) as n_labelled,
        cast(sum(samples.n_predicted) as integer) as n_predicted,
        cast(sum(samples.n_right) as integer) as n_right,
        cast(sum(samples.n_found) as integer) as n_found,
        bool_and(samples.is_current) as is_current,
        max(samples.measured_on) as measured_on
    from samples
    group by all

),

shares as (

    select
        counts.*,
        counts.n_right / nullif(counts.n_predicted, 0) as precision,
        counts.n_found / nullif(counts.n_labelled, 0) as recall
    from counts

),

final as (

    select
        shares.language,
        shares.subject,
        shares.name,
        shares.samples,
        shares.n_postings,
        shares.n_labelled,
        shares.n_predicted,
        shares.n_right,
        shares.n_found,
        {{ precision_and_recall('shares') }},
        shares.is_current,
        shares.measured_on
    from shares

)

select * from final
