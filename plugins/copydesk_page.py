"""The Copydesk page in the Airflow UI; its routes are in `copydesk_ui`, beside it."""

from __future__ import annotations

import os
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from airflow.configuration import conf
from airflow.plugins_manager import AirflowPlugin

ROOT = urlsplit(conf.get("api", "base_url", fallback="")).path.rstrip("/")
ICON = f"{ROOT}/copydesk/static/copydesk.svg"


class CopydeskPage(AirflowPlugin):
    """In the menu, and as a tab of DAG runs, which leads to the dump a run ingests."""

    name = "copydesk"
    external_views = [  # noqa: RUF012 - as Airflow declares it
        {"name": "Copydesk", "href": f"{ROOT}/copydesk/", "destination": "nav", "url_route": "copydesk", "icon": ICON},
        {
            "name": "Copydesk",
            "href": f"{ROOT}/copydesk/dag-runs/{{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "copydesk-run",
            "icon": ICON,
        },
    ]

    @cached_property
    def fastapi_apps(self) -> list[dict[str, Any]]:
        """Made where it is asked for: the scheduler and workers load plugins too, and serve no pages."""
        # Arrow's own pool keeps what it freed: 50 MB of a server that is there for Airflow above all.
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        from copydesk_ui.app import create

        return [{"app": create(), "url_prefix": "/copydesk", "name": "Copydesk"}]
