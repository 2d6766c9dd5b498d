{{ attribute_shares('certification', 'certification') }}
