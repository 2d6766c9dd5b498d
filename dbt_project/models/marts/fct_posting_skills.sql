{{ stated_skills(ref('int_postings')) }}
