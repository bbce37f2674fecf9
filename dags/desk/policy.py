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
            exception=[AttributeError, ImportError, IndexError, KeyError, NameError, TypeError],
            action=RetryAction.FAIL,
            reason="a mistake in the code stays",
        ),
        # ConnectionError and TimeoutError are OSErrors too.
        RetryRule(exception=OSError, reason="a lost connection or a full disk may heal"),
    ]
)

DEFAULTS = {
    "owner": "copydesk",
    # A killed worker raises nothing a policy could see, and what it did is soon done again; a store that is away for eight minutes
    # is waited for too. Airflow draws each pause between the delay and twice of it.
    "retries": 5,
    "retry_delay": timedelta(seconds=15),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": RETRIES,
    "execution_timeout": timedelta(hours=6),
    "on_failure_callback": read_notices()[0],
}
