from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from copydesk_notices import notifier

FILE = "<img src=x onerror=alert(1)>&{{ 7043 * 7043 }}.txt"


@pytest.fixture
def rendered() -> Any:
    """A notice as Airflow would send it of a task that failed with these words."""

    def render(target: str, said: str) -> Any:
        notice = notifier(target)
        context = {
            "dag_run": SimpleNamespace(dag_id="ingest_lbc", run_id="manual", partition_key="2026-11-03"),
            "ti": SimpleNamespace(task_id="plan", log_url="http://127.0.0.1:8080/log"),
            "exception": ValueError(said),
        }
        notice.render_template_fields(context)
        return notice

    return render


def test_what_a_dump_brings_into_a_message_is_escaped_for_where_it_goes(rendered: Any) -> None:
    mail = rendered("mailto:desk@example.org", f"{FILE}: cannot be read")
    assert "<img" not in mail.html_content
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;{{ 7043 * 7043 }}.txt: cannot be read" in mail.html_content
    assert FILE not in mail.subject
    slack = rendered("slack:alerts", f"{FILE}: cannot be read")
    assert "<img" not in slack.text
    assert "49603849" not in slack.text
    hook = rendered("http:pager", f"{FILE}: cannot be read")
    assert json.loads(json.dumps(hook.json))["message"] == f"{FILE}: cannot be read"


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("lbc 2026-11-03: held, nothing was published: critical", "is held"),
        ("lbc 2026-11-03: not published by 09:00: no run", "is overdue"),
        ("no dump under s3://raw", "failed at plan"),
    ],
)
def test_the_subject_says_what_it_is(rendered: Any, said: str, what: str) -> None:
    assert rendered("mailto:desk@example.org", said).subject == f"[copydesk] ingest_lbc 2026-11-03 {what}"
