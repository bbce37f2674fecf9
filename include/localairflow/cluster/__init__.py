"""What docker-compose.yaml runs, as processes of this machine: Postgres, Valkey and S3 from Python packages, Airflow with Celery workers.

Nothing needs root or a container, and everything listens to this machine alone.
"""
