{{ stated_salaries(ref('int_postings')) }}
