{{ attribute_shares('sector', 'sector', question="'sector'") }}
