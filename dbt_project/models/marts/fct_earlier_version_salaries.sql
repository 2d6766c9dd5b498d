{{ of_contents('int_version_salaries', is_current=false) }}
