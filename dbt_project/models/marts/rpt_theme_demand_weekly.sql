{{ attribute_shares('theme', 'theme') }}
