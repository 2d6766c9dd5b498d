{{ stated_salaries(ref('int_earlier_versions')) }}
