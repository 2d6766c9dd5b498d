"""The work of the DAGs' tasks: stages, moments and alerts in terms of Airflow.

It is imported whenever a DAG is parsed, so its modules import stages and libraries only inside their functions.
"""
