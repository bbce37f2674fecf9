"""What a person changed here stands in Airflow's own audit log."""

from __future__ import annotations

import json

from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.models.log import Log
from sqlalchemy.orm import Session

from copydesk_ui.access import dag_id_of


def record(session: Session, user: BaseUser, event: str, source: str, **what: str | int | None) -> None:
    """Put on record that the user did this to the DAG of a source; the caller's transaction carries it."""
    name = user.get_name()
    session.add(Log(event=event, dag_id=dag_id_of(source), owner=name, owner_display_name=name, extra=json.dumps(what)))
