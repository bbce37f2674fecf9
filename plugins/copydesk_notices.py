"""Tells people of a task that failed, a run that is held and a day that is overdue, through Airflow's notifiers.

What a message says comes from files of others too, such as the name of a raw file: it is escaped for where it goes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TIMEOUT_S = 10

# `exception` is what the task raised; a task that was killed raised nothing.
WHAT = (
    "{% set said = exception | string if exception else 'no message: its process was killed' %}"
    "{% set what = 'is held' if 'held, nothing was published' in said else 'is overdue' if 'not published by' in said "
    "else 'failed at ' ~ ti.task_id %}"
)
RUN = "{{ dag_run.dag_id }} {{ dag_run.partition_key or dag_run.run_id }}"
SUBJECT = f"{WHAT}[copydesk] {RUN} {{{{ what }}}}"
HTML = f"{WHAT}<p><b>{RUN} {{{{ what }}}}</b></p><pre>{{{{ said | e }}}}</pre><p><a href='{{{{ ti.log_url | e }}}}'>log</a></p>"
SLACK = f"{WHAT}*{RUN} {{{{ what }}}}*\n{{{{ said | e }}}}\n<{{{{ ti.log_url }}}}|log>"
JSON = {
    "dag_id": "{{ dag_run.dag_id }}",
    "run_id": "{{ dag_run.run_id }}",
    "partition_key": "{{ dag_run.partition_key or '' }}",
    "task_id": "{{ ti.task_id }}",
    "what": f"{WHAT}{{{{ what }}}}",
    "message": f"{WHAT}{{{{ said }}}}",
    "log_url": "{{ ti.log_url }}",
}


def _mail(address: str) -> Any:
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    return SmtpNotifier(to=address, subject=SUBJECT, html_content=HTML)


def _slack(connection: str) -> Any:
    from airflow.providers.slack.notifications.slack_webhook import SlackWebhookNotifier

    return SlackWebhookNotifier(slack_webhook_conn_id=connection, text=SLACK, timeout=TIMEOUT_S)


def _http(connection: str) -> Any:
    from airflow.providers.http.notifications.http import HttpNotifier

    return HttpNotifier(http_conn_id=connection, json=JSON, extra_options={"timeout": TIMEOUT_S})


MAKERS: dict[str, Callable[[str], Any]] = {"mailto": _mail, "slack": _slack, "http": _http}


def notifier(target: str) -> Any:
    """How `mailto:ADDRESS`, `slack:CONNECTION` or `http:CONNECTION` is told; ValueError for anything else."""
    scheme, _, where = target.partition(":")
    if scheme not in MAKERS or not where or where.startswith("/"):
        raise ValueError(
            f"{target!r} is none of mailto:ADDRESS, slack:CONNECTION and http:CONNECTION, by the id of an Airflow connection"
        )
    try:
        return MAKERS[scheme](where)
    except ImportError as error:
        raise ValueError(f"{target!r}: {error}; install copydesk[cluster], which has the provider") from None
