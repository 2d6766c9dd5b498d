with

skill_openings as (

    select * from {{ ref('int_skill_openings') }}

),

-- numbers stand in for names below: joining and grouping by integers takes a third of the time
companies_by_name as (

    select
        skill_openings.company_key,
        cast(row_number() over (order by skill_openings.company_key) as integer) as company_no
    from skill_openings
    group by skill_openings.company_key

),

families_by_name as (

    select
        skill_openings.role_family,
        cast(row_number() over (order by skill_openings.role_family) as integer) as family_no
    from skill_openings
    group by skill_openings.role_family

),

openings as (

    select
        skill_openings.week_start,
        skill_openings.posting_key,
        skill_openings.skill_ids,
        companies_by_name.company_no,
        families_by_name.family_no
    from skill_openings
    inner join companies_by_name on skill_openings.company_key = companies_by_name.company_key
    inner join families_by_name on skill_openings.role_family = families_by_name.role_family

),

mentions as (

    select
        openings.family_no,
        openings.company_no,
        openings.posting_key,
        unnest(openings.skill_ids) as skill_id
    from openings

),

skills_by_name as (

    select
        mentions.skill_id,
        cast(row_number() over (order by mentions.skill_id) as integer) as skill_no
    from mentions
    group by mentions.skill_id

),

demand as (

    select
        mentions.family_no,
        mentions.company_no,
        mentions.posting_key,
        skills_by_name.skill_no
    from mentions
    inner join skills_by_name on mentions.skill_id = skills_by_name.skill_id

),

family_companies as (

    select
        openings.week_start,
        openings.family_no,
        openings.company_no,
        cast(count(*) as double) as n_postings
    from openings
    group by all

),

family_skills as (

    select
        demand.family_no,
        demand.company_no,
        demand.skill_no,
        cast(count(*) as double) as n_with
    from demand
    group by all

),

-- omits skills that fewer companies than the floor ask for, as no pair with them can reach it
frequent as (

    select family_skills.skill_no
    from family_skills
    group by family_skills.skill_no
    having count(distinct family_skills.company_no) >= {{ var('min_companies') }}

),

kept as (

    select demand.*
    from demand
    inner join frequent on demand.skill_no = frequent.skill_no

),

family_pairs as (

    select
        first_demand.family_no,
        first_demand.company_no,
        first_demand.skill_no,
        second_demand.skill_no as other_skill_no,
        cast(count(*) as double) as n_both
    from kept as first_demand
    inner join kept as second_demand
        on
            first_demand.posting_key = second_demand.posting_key
            and first_demand.skill_no < second_demand.skill_no
    group by all

),

-- each role family, and all of them together as number 0
companies as (

    select
        family_companies.week_start,
        coalesce(family_companies.family_no, 0) as family_no,
        family_companies.company_no,
        sum(family_companies.n_postings) as n_postings
    from family_companies
    group by grouping sets (
        (family_companies.week_start, family_companies.company_no),
        (family_companies.week_start, family_companies.company_no, family_companies.family_no)
    )

),

skills as (

    select
        coalesce(family_skills.family_no, 0) as family_no,
        family_skills.company_no,
        family_skills.skill_no,
        sum(family_skills.n_with) as n_with
    from family_skills
    group by grouping sets (
        (family_skills.company_no, family_skills.skill_no),
        (family_skills.company_no, family_skills.skill_no, family_skills.family_no)
    )

),

pairs as (

    select
        coalesce(family_pairs.family_no, 0) as family_no,
        family_pairs.company_no,
        family_pairs.skill_no,
        family_pairs.other_skill_no,
        sum(family_pairs.n_both) as n_both
    from family_pairs
    group by grouping sets (
        (family_pairs.company_no, family_pairs.skill_no, family_pairs.other_skill_no),
        (family_pairs.company_no, family_pairs.skill_no, family_pairs.other_skill_no, family_pairs.family_no)
    )

),

-- sums over companies; a and b are a company's postings that ask for the first and the second skill
family_sums as (

    select
        companies.week_start,
        companies.family_no,
        sum(companies.n_postings) as n_postings,
        count(*) as n_companies,
        max(companies.n_postings) as n_of_largest
    from companies
    group by all

),

skill_sums as (

    select
        skills.family_no,
        skills.skill_no,
        sum(skills.n_with) as n_with,
        count(*) as n_companies_with,
        sum(skills.n_with * skills.n_with) as sum_aa,
        sum(power(skills.n_with, 3)) as sum_aaa
    from skills
    group by all

),

pair_sums as (

    select
        pairs.family_no,
        pairs.skill_no,
        pairs.other_skill_no,
        sum(pairs.n_both) as n_both,
        count(*) as n_companies_both,
        max(pairs.n_both) as n_both_of_largest,
        sum(pairs.n_both * pairs.n_both) as sum_both_both,
        sum(pairs.n_both * first_skill.n_with) as sum_both_a,
        sum(pairs.n_both * second_skill.n_with) as sum_both_b
    from pairs
    -- Both sides always match. Inner joins would first combine all skills of a company with each other, 80 million rows
    -- for a million postings.
    left join skills as first_skill
        on {{ same('pairs', 'first_skill', ['family_no', 'company_no', 'skill_no']) }}
    left join skills as second_skill
        on
            {{ same('pairs', 'second_skill', ['family_no', 'company_no']) }}
            and pairs.other_skill_no = second_skill.skill_no
    group by all
    having count(*) >= {{ var('min_companies') }}

),

-- the number that would ask for both skills if they were independent within each family; for all, the families' sum
expected as (

    select
        coalesce(first_sums.family_no, 0) as family_no,
        first_sums.skill_no,
        second_sums.skill_no as other_skill_no,
        {{ exact_sum('first_sums.n_with * second_sums.n_with / family_sums.n_postings') }} as n_expected
    from skill_sums as first_sums
    inner join skill_sums as second_sums
        on
            first_sums.family_no = second_sums.family_no
            and first_sums.skill_no < second_sums.skill_no
    inner join family_sums on first_sums.family_no = family_sums.family_no
    where first_sums.family_no > 0
    group by grouping sets (
        (first_sums.skill_no, second_sums.skill_no),
        (first_sums.skill_no, second_sums.skill_no, first_sums.family_no)
    )

),

final as (

    select
        family_sums.week_start,
        coalesce(families_by_name.role_family, 'all') as role_family,
        first_name.skill_id,
        second_name.skill_id as other_skill_id,
        family_sums.n_postings,
        cast(family_sums.n_companies as double) as n_companies,
        family_sums.n_of_largest,
        first_sums.n_with,
        cast(first_sums.n_companies_with as double) as n_companies_with,
        second_sums.n_with as n_with_other,
        cast(second_sums.n_companies_with as double) as n_companies_with_other,
        pair_sums.n_both,
        cast(pair_sums.n_companies_both as double) as n_companies_both,
        pair_sums.n_both_of_largest,
        pair_sums.sum_both_both,
        pair_sums.sum_both_a,
        pair_sums.sum_both_b,
        first_sums.sum_aa,
        first_sums.sum_aaa,
        second_sums.sum_aa as sum_bb,
        second_sums.sum_aaa as sum_bbb,
        expected.n_expected
    from pair_sums
    inner join family_sums on pair_sums.family_no = family_sums.family_no
    inner join expected on {{ same('pair_sums', 'expected', ['family_no', 'skill_no', 'other_skill_no']) }}
    inner join skill_sums as first_sums on {{ same('pair_sums', 'first_sums', ['family_no', 'skill_no']) }}
    inner join skill_sums as second_sums
        on
            pair_sums.family_no = second_sums.family_no
            and pair_sums.other_skill_no = second_sums.skill_no
    inner join skills_by_name as first_name on pair_sums.skill_no = first_name.skill_no
    inner join skills_by_name as second_name on pair_sums.other_skill_no = second_name.skill_no
    left join families_by_name on pair_sums.family_no = families_by_name.family_no

)

select * from final
