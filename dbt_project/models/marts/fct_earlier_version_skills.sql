{{ stated_skills(ref('int_earlier_versions')) }}
