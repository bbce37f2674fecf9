"""What Airflow knows of a connection, as the environment variables that storage reads; `copydesk.filesystems.connection` says when it is asked."""

from __future__ import annotations

import sys
from typing import Any

EXTRAS = {"aws_session_token": "AWS_SESSION_TOKEN", "endpoint_url": "AWS_ENDPOINT_URL", "region_name": "AWS_DEFAULT_REGION"}


def keys_of(name: str) -> dict[str, str]:
    """The keys, address and region of the connection, whose secrets Airflow masks in logs.

    OSError where Airflow gives none: it says the same of a connection that is not there and of a database that does not answer.
    """
    from airflow.exceptions import AirflowNotFoundException

    try:
        connection = _connection(name)
    except AirflowNotFoundException:
        raise OSError(f"COPYDESK_CONNECTION={name}: Airflow gives no such connection; add it, or name another") from None
    found = {"AWS_ACCESS_KEY_ID": connection.login, "AWS_SECRET_ACCESS_KEY": connection.password}
    found |= {variable: connection.extra_dejson.get(extra) for extra, variable in EXTRAS.items()}
    return {variable: value for variable, value in found.items() if value}


def _connection(name: str) -> Any:
    """By way of the supervisor where there is one, as tasks and triggers have; else from the secrets backends and the database."""
    runner = sys.modules.get("airflow.sdk.execution_time.task_runner")
    if getattr(runner, "SUPERVISOR_COMMS", None) is not None:
        from airflow.sdk import Connection

        return Connection.get(name)
    from airflow.models.connection import Connection as Known

    return Known.get_connection_from_secrets(name)
