with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

final as (

    select {{ columns_of_contents('contents') }}
    from contents
    where
        not contents.is_current
        and contents.role_family in {{ ml_role_families() }}

)

select * from final
