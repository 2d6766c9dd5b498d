{{ attribute_shares('posted_by', 'posted_by') }}
