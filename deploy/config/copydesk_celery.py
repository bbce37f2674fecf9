"""How Airflow's Celery workers are set up; the option `celery_config_options` of airflow.cfg names it."""

from __future__ import annotations

from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG

from copydesk.preloading import MODULES

CONFIG = DEFAULT_CELERY_CONFIG | {
    # Imported once in the worker, before it forks the processes of the tasks.
    "imports": ["airflow.sdk.execution_time.supervisor", "airflow.sdk.execution_time.task_runner", *MODULES],
}
