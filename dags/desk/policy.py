"""When a task tries again, said once for every DAG."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule

from copydesk.errors import BadInput, Held, Overdue
from desk.notices import read_notices

RETRIES = ExceptionRetryPolicy(
    rules=[
        RetryRule(exception=BadInput, action=RetryAction.FAIL, reason="bad input does not heal"),
        RetryRule(exception=Held, action=RetryAction.FAIL, reason="a held run waits for a person"),
        RetryRule(exception=Overdue, action=RetryAction.FAIL, reason="the time is over"),
        RetryRule(
            exception=[AttributeError, NameError, TypeError], action=RetryAction.FAIL, reason="a mistake in the code stays"
        ),
        # ConnectionError and TimeoutError are OSErrors too.
        RetryRule(exception=OSError, retry_delay=timedelta(seconds=30), reason="a lost connection or a full disk may heal"),
    ]
)

DEFAULTS = {
    "owner": "copydesk",
    "retries": 3,  # a killed worker raises nothing a policy could see
    "retry_delay": timedelta(seconds=30),
    "retry_policy": RETRIES,
    "execution_timeout": timedelta(hours=6),
    "on_failure_callback": read_notices()[0],
}
