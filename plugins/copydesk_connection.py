"""The keys of object storage from an Airflow connection, for those who keep secrets there and not in the environment of every process."""

from __future__ import annotations

import os

VARIABLE = "COPYDESK_CONNECTION"
EXTRAS = {"aws_session_token": "AWS_SESSION_TOKEN", "endpoint_url": "AWS_ENDPOINT_URL", "region_name": "AWS_DEFAULT_REGION"}


def take_keys() -> None:
    """Put the keys of the connection COPYDESK_CONNECTION names where storage looks for them: in the environment of this task's process.

    It ends with the task, and what it starts inherits it. Airflow masks the secrets of a connection in logs.
    """
    name = os.environ.get(VARIABLE)
    if not name:
        return
    from airflow.sdk import Connection

    connection = Connection.get(name)
    found = {"AWS_ACCESS_KEY_ID": connection.login, "AWS_SECRET_ACCESS_KEY": connection.password}
    found |= {variable: connection.extra_dejson.get(extra) for extra, variable in EXTRAS.items()}
    os.environ.update({variable: value for variable, value in found.items() if value})
