{{ of_contents('int_version_salaries', is_current=true, unpublished=['monthly_payments']) }}
