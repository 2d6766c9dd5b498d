{{ attribute_shares('sector', 'sector', has_known=true) }}
