{{ attribute_shares('requirement', 'requirement') }}
