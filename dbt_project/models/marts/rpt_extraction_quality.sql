with

counts as (

    select * from {{ ref('extraction_quality') }}

),

samples as (

    select * from {{ ref('extraction_samples') }}

),

versions as (

    select * from {{ ref('int_versions') }}

),

shares as (

    select
        samples.*,
        counts.subject,
        counts.name,
        counts.n_labelled,
        counts.n_predicted,
        counts.n_right,
        counts.n_found,
        counts.n_right / nullif(counts.n_predicted, 0) as precision,
        counts.n_found / nullif(counts.n_labelled, 0) as recall
    from counts
    inner join samples on counts.sample = samples.sample

),

final as (

    select
        shares.sample,
        shares.is_held_out,
        shares.language,
        shares.is_reference,
        shares.skill_convention,
        shares.postings_from,
        shares.subject,
        shares.name,
        shares.n_postings,
        shares.n_labelled,
        shares.n_predicted,
        shares.n_right,
        shares.n_found,
        shares.precision,
        {{ wilson_bound('shares.precision', 'shares.n_predicted', '1.959964', 'low') }} as precision_low,
        {{ wilson_bound('shares.precision', 'shares.n_predicted', '1.959964', 'high') }} as precision_high,
        shares.recall,
        {{ wilson_bound('shares.recall', 'shares.n_labelled', '1.959964', 'low') }} as recall_low,
        {{ wilson_bound('shares.recall', 'shares.n_labelled', '1.959964', 'high') }} as recall_high,
        2 * shares.precision * shares.recall / nullif(shares.precision + shares.recall, 0) as f1,
        shares.taxonomy_version,
        shares.extractor_version,
        coalesce(
            shares.taxonomy_version = versions.taxonomy_version
            and shares.extractor_version = versions.extractor_version,
            false
        ) as is_current,
        shares.measured_on
    from shares
    cross join versions

)

select * from final
