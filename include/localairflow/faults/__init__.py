"""A backfill through a whole cluster whose processes are killed at random moments: is the lake the same as without?

It talks to processes, to S3 and to Airflow's REST API, and imports no Airflow.
"""
