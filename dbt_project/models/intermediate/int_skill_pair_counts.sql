with

window_openings as (

    select * from {{ ref('int_window_openings') }}

),

contents as (

    select * from {{ ref('int_posting_contents') }}

),

stated_skills as (

    select * from {{ ref('int_version_skills') }}

),

openings as (

    select
        window_openings.week_start,
        contents.posting_key,
        contents.version_no,
        contents.company_key,
        contents.role_family
    from window_openings
    inner join contents on {{ same('window_openings', 'contents', ['posting_key', 'version_no']) }}
    where
        window_openings.window_name = 'pairs'
        and window_openings.is_counted
        and contents.has_description

),

-- boiler-plate about the company is no demand
asked as (

    select
        openings.role_family,
        openings.company_key,
        openings.posting_key,
        stated_skills.skill_id
    from openings
    inner join stated_skills on {{ same('openings', 'stated_skills', ['posting_key', 'version_no']) }}
    where stated_skills.level != 'context'

),

family_companies as (

    select
        openings.week_start,
        openings.role_family,
        openings.company_key,
        count(*) as n_postings
    from openings
    group by all

),

family_skills as (

    select
        asked.role_family,
        asked.company_key,
        asked.skill_id,
        count(*) as n_with
    from asked
    group by all

),

-- what fewer companies than the floor ask for cannot be asked for together by as many
frequent as (

    select family_skills.skill_id
    from family_skills
    group by family_skills.skill_id
    having count(distinct family_skills.company_key) >= {{ var('min_companies') }}

),

kept as (

    select asked.*
    from asked
    inner join frequent on asked.skill_id = frequent.skill_id

),

family_pairs as (

    select
        first_asked.role_family,
        first_asked.company_key,
        first_asked.skill_id,
        second_asked.skill_id as other_skill_id,
        count(*) as n_both
    from kept as first_asked
    inner join kept as second_asked
        on
            first_asked.posting_key = second_asked.posting_key
            and first_asked.skill_id < second_asked.skill_id
    group by all

),

-- each family, and all of them together
companies as (

    select
        family_companies.week_start,
        coalesce(family_companies.role_family, 'all') as role_family,
        family_companies.company_key,
        sum(family_companies.n_postings) as n_postings
    from family_companies
    group by grouping sets (
        (family_companies.week_start, family_companies.company_key),
        (family_companies.week_start, family_companies.company_key, family_companies.role_family)
    )

),

skills as (

    select
        coalesce(family_skills.role_family, 'all') as role_family,
        family_skills.company_key,
        family_skills.skill_id,
        sum(family_skills.n_with) as n_with
    from family_skills
    group by grouping sets (
        (family_skills.company_key, family_skills.skill_id),
        (family_skills.company_key, family_skills.skill_id, family_skills.role_family)
    )

),

pairs as (

    select
        coalesce(family_pairs.role_family, 'all') as role_family,
        family_pairs.company_key,
        family_pairs.skill_id,
        family_pairs.other_skill_id,
        sum(family_pairs.n_both) as n_both
    from family_pairs
    group by grouping sets (
        (family_pairs.company_key, family_pairs.skill_id, family_pairs.other_skill_id),
        (family_pairs.company_key, family_pairs.skill_id, family_pairs.other_skill_id, family_pairs.role_family)
    )

),

-- sums over companies: n of the family, a and b of those that ask for the one skill and the other
family_sums as (

    select
        companies.week_start,
        companies.role_family,
        sum(companies.n_postings) as n_postings,
        count(*) as n_companies,
        sum(companies.n_postings * companies.n_postings) as sum_nn,
        max(companies.n_postings) as n_of_largest
    from companies
    group by all

),

skill_sums as (

    select
        skills.role_family,
        skills.skill_id,
        sum(skills.n_with) as n_with,
        count(*) as n_companies_with,
        sum(skills.n_with * skills.n_with) as sum_aa,
        sum(skills.n_with * companies.n_postings) as sum_an
    from skills
    inner join companies on {{ same('skills', 'companies', ['role_family', 'company_key']) }}
    group by all

),

pair_sums as (

    select
        pairs.role_family,
        pairs.skill_id,
        pairs.other_skill_id,
        sum(pairs.n_both) as n_both,
        count(*) as n_companies_both,
        max(pairs.n_both) as n_both_of_largest,
        sum(pairs.n_both * pairs.n_both) as sum_both_both,
        sum(pairs.n_both * first_skill.n_with) as sum_both_a,
        sum(pairs.n_both * second_skill.n_with) as sum_both_b,
        sum(pairs.n_both * companies.n_postings) as sum_both_n
    from pairs
    inner join companies on {{ same('pairs', 'companies', ['role_family', 'company_key']) }}
    inner join skills as first_skill
        on {{ same('pairs', 'first_skill', ['role_family', 'company_key', 'skill_id']) }}
    inner join skills as second_skill
        on
            {{ same('pairs', 'second_skill', ['role_family', 'company_key']) }}
            and pairs.other_skill_id = second_skill.skill_id
    group by all
    having count(*) >= {{ var('min_companies') }}

),

-- companies that ask for both, if not in one posting
product_sums as (

    select
        pair_sums.role_family,
        pair_sums.skill_id,
        pair_sums.other_skill_id,
        sum(first_skill.n_with * second_skill.n_with) as sum_ab
    from pair_sums
    inner join skills as first_skill on {{ same('pair_sums', 'first_skill', ['role_family', 'skill_id']) }}
    inner join skills as second_skill
        on
            {{ same('first_skill', 'second_skill', ['role_family', 'company_key']) }}
            and pair_sums.other_skill_id = second_skill.skill_id
    group by all

),

final as (

    select
        family_sums.week_start,
        pair_sums.role_family,
        pair_sums.skill_id,
        pair_sums.other_skill_id,
        cast(family_sums.n_postings as double) as n_postings,
        cast(family_sums.n_companies as double) as n_companies,
        cast(family_sums.n_of_largest as double) as n_of_largest,
        cast(first_sums.n_with as double) as n_with,
        cast(first_sums.n_companies_with as double) as n_companies_with,
        cast(second_sums.n_with as double) as n_with_other,
        cast(second_sums.n_companies_with as double) as n_companies_with_other,
        cast(pair_sums.n_both as double) as n_both,
        cast(pair_sums.n_companies_both as double) as n_companies_both,
        cast(pair_sums.n_both_of_largest as double) as n_both_of_largest,
        cast(pair_sums.sum_both_both as double) as sum_both_both,
        cast(pair_sums.sum_both_a as double) as sum_both_a,
        cast(pair_sums.sum_both_b as double) as sum_both_b,
        cast(pair_sums.sum_both_n as double) as sum_both_n,
        cast(first_sums.sum_aa as double) as sum_aa,
        cast(second_sums.sum_aa as double) as sum_bb,
        cast(product_sums.sum_ab as double) as sum_ab,
        cast(first_sums.sum_an as double) as sum_an,
        cast(second_sums.sum_an as double) as sum_bn,
        cast(family_sums.sum_nn as double) as sum_nn
    from pair_sums
    inner join family_sums on pair_sums.role_family = family_sums.role_family
    inner join product_sums
        on {{ same('pair_sums', 'product_sums', ['role_family', 'skill_id', 'other_skill_id']) }}
    inner join skill_sums as first_sums on {{ same('pair_sums', 'first_sums', ['role_family', 'skill_id']) }}
    inner join skill_sums as second_sums
        on
            pair_sums.role_family = second_sums.role_family
            and pair_sums.other_skill_id = second_sums.skill_id

)

select * from final
