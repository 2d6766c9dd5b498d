{{ attribute_shares('pay', 'pay_statement') }}
