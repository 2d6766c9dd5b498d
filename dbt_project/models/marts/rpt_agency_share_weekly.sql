{{ attribute_shares('advertised_by', 'advertised_by') }}
