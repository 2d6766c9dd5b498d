{{ attribute_shares('workplace', 'workplace', question="'workplace'") }}
