#!/bin/sh
# A database for Celery's results, with a role that sees no other: workers have its password, and none that leads to Airflow's own.
# Run once, when a new server begins, by the image of Postgres and by `make cluster`.
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=password="$CELERY_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE celery LOGIN PASSWORD :'password';
CREATE DATABASE celery OWNER celery;
REVOKE CONNECT ON DATABASE airflow, postgres FROM PUBLIC;
SQL
