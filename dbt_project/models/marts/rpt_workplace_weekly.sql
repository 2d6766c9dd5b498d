{{ attribute_shares('workplace', 'workplace', has_known=true) }}
