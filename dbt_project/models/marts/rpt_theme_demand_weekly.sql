{{ attribute_shares('theme', 'theme', is_flagged=true) }}
