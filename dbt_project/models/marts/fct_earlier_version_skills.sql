{{ of_contents('int_version_skills', is_current=false) }}
