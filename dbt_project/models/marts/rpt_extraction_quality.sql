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
        {{ precision_and_recall('shares') }},
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
