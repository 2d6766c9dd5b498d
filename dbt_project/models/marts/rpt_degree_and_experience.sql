{{ attribute_shares('requirement', 'requirement', has_known=true) }}
