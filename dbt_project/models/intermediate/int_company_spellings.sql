with

postings as (

    select * from {{ ref('int_postings') }}

),

-- Not stg_postings: its join with the sightings keeps all texts in memory, and int_postings has sighted contents only.
contents as (

    select * from {{ ref('stg_landed_contents') }}

),

-- Postings of the employers that only their account's slug names. Twenty show how an employer is spelled; to read all
-- would cost more and nearly always give the same.
nameless as (

    select
        postings.company_key,
        postings.posting_key,
        postings.content_hash,
        regexp_replace(postings.company_slug, '[^\p{L}\p{N}]', '', 'g') as letters,
        '(?i)' || regexp_replace(postings.company_slug, '[^\p{L}\p{N}]+', '[ .&''-]*', 'g') as slug_pattern
    from postings
    where
        postings.has_description
        and postings.company_name is not null
    qualify
        not bool_or(postings.is_named) over (partition by postings.company_key)
        and row_number() over (partition by postings.company_key order by postings.posting_key) <= 20

),

-- A bar for each tag, and no blank after a stop, so that no spelling goes on from one paragraph or sentence to another
texts as (

    select
        nameless.company_key,
        nameless.posting_key,
        nameless.slug_pattern,
        array_to_string(string_split(nameless.letters, ''), '(?:\.|[ &''-]{0,2})') as pattern,
        regexp_replace(
            replace(
                regexp_replace(
                    regexp_replace(coalesce(contents.description_html, contents.description_text), '<[^>]*>', '|', 'g'),
                    '(?i)[\t\x{a0}]|&nbsp;|&#160;|&#xa0;', ' ', 'g'
                ),
                '&amp;', '&'
            ),
            '(?i)’|&rsquo;|&#8217;|&#x2019;|&apos;|&#39;|&#x27;', '''', 'g'
        ) as text
    from contents
    inner join nameless on {{ same('contents', 'nameless', ['posting_key', 'content_hash']) }}
    where nameless.letters != ''

),

-- Not parts of words, addresses and hashtags. Latin letters are listed, because compiling the class of all letters
-- for each row takes twenty times as long as the search.
found as (

    select
        texts.company_key,
        texts.posting_key,
        texts.slug_pattern,
        unnest(
            regexp_extract_all(
                texts.text,
                '(?:^|[^\w\x{c0}-\x{24f}/@.#-])((?i:' || texts.pattern || '))(?:$|[^\w\x{c0}-\x{24f}@])',
                1
            )
        ) as spelling
    from texts

),

spellings as (

    select
        found.company_key,
        replace(found.spelling, '  ', ' ') as spelling,
        not bool_or(regexp_full_match(found.spelling, found.slug_pattern)) as has_another_break,
        count(*) as n_times,
        count(distinct found.posting_key) as n_postings
    from found
    where regexp_matches(found.spelling, '\p{Lu}')
    group by all

),

searched as (

    select
        nameless.company_key,
        count(*) as n_postings
    from nameless
    group by all

),

final as (

    select
        spellings.company_key,
        spellings.spelling
    from spellings
    inner join searched on spellings.company_key = searched.company_key
    where
        (spellings.n_postings >= 2 or spellings.n_postings * 2 >= searched.n_postings)
        -- "an A/B test" of an employer Ana
        and (spellings.n_times >= 2 or not spellings.has_another_break)
    qualify
        row_number() over (
            partition by spellings.company_key order by spellings.n_times desc, spellings.spelling asc
        ) = 1

)

select * from final
