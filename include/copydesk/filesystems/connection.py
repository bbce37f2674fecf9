"""The keys of object storage from an Airflow connection, for those who keep secrets there and not in the environment of every process.

`Storage.open` asks here before it opens a bucket, so tasks, triggerer, page and command line all have them.
"""

from __future__ import annotations

import os
import time
from importlib import import_module
from threading import Lock

from copydesk.errors import BadInput

VARIABLE = "COPYDESK_CONNECTION"
# The process that asked; those it starts have the keys from it, and may have no way to ask.
TAKEN_BY = "COPYDESK_CONNECTION_TAKEN_BY"
KEPT_S = 60.0  # by a process that goes on for months: keys are renewed, and tokens expire
ASKED = "copydesk_connection"  # in the folder of Airflow's plugins: what is below `include/` runs without Airflow

_one_asks = Lock()
_taken_at = 0.0


def take_keys() -> None:
    """Put the keys of the connection that COPYDESK_CONNECTION names into the environment, where storage looks for them.

    BadInput where it cannot be asked for. Without the setting nothing happens.
    """
    global _taken_at  # noqa: PLW0603 - of this process
    name = os.environ.get(VARIABLE)
    if not name:
        return
    with _one_asks:
        if _has_keys():
            return
        os.environ.update(_keys_of(name))
        os.environ[TAKEN_BY] = str(os.getpid())
        _taken_at = time.monotonic()


def _has_keys() -> bool:
    by = os.environ.get(TAKEN_BY)
    if by == str(os.getpid()):
        return time.monotonic() - _taken_at < KEPT_S
    return by is not None


def _keys_of(name: str) -> dict[str, str]:
    try:
        import_module("airflow")  # it knows where its plugins are
        asked = import_module(ASKED)
    except ModuleNotFoundError as error:
        advice = "run this where Airflow and the plugins of Copydesk are, or unset it and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        raise BadInput(f"{VARIABLE}={name} is a connection of Airflow, and there is no {error.name} here; {advice}") from None
    keys: dict[str, str] = asked.keys_of(name)
    return keys
