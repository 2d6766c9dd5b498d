{{ attribute_shares('requirement', 'requirement', question="split_part(series.attribute, ':', 1)") }}
