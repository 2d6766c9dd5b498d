{{ attribute_shares('workplace', 'workplace') }}
