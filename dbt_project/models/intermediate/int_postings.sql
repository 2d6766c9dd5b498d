with

contents as (

    select * from {{ ref('int_posting_contents') }}

),

final as (

    select {{ columns_of_contents('contents') }}
    from contents
    where contents.is_current

)

select * from final
