"""Who may do what, as Airflow's auth manager says: the right to a source is the right to the runs of its DAG."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.base_auth_manager import ResourceMethod
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import AssetDetails, DagAccessEntity, DagDetails
from airflow.api_fastapi.core_api.security import GetUserDep
from airflow.models.dag import DagModel
from fastapi import Depends, HTTPException, Request, status

from copydesk.sources import CURATE

READ: ResourceMethod = "GET"
OPERATE: ResourceMethod = "POST"  # make runs: trigger, backfill
EDIT: ResourceMethod = "PUT"  # change what became of a run: release, reject, correct
INGEST = "ingest_"  # how the names of their DAGs begin


def dag_id_of(source: str) -> str:
    """The DAG that ingests a source; curation stands among the sources in `runs`, and is a DAG of that name."""
    return source if source == CURATE else f"{INGEST}{source}"


def permitted(user: BaseUser, method: ResourceMethod, sources: Iterable[str]) -> set[str]:
    """Those of the sources for whose runs the user has the right; pages show no others."""
    ids = {dag_id_of(source): source for source in sources}
    teams = DagModel.get_dag_id_to_team_name_mapping(list(ids))
    details = {dag_id: DagDetails(id=dag_id, team_name=teams.get(dag_id)) for dag_id in ids}
    return {source for dag_id, source in ids.items() if _has_right(user, method, details[dag_id])}


def require(user: BaseUser, method: ResourceMethod, source: str) -> None:
    """403 where the user lacks the right to the runs of a source; for sources that no path parameter names."""
    if not permitted(user, method, [source]):
        raise HTTPException(status.HTTP_403_FORBIDDEN, f"{user.get_name()} lacks the right to the runs of {dag_id_of(source)}")


def has_right(user: BaseUser, method: ResourceMethod) -> bool:
    """Whether the user has the right to runs of DAGs at all: what a page offers depends on it, what a route does on `require`."""
    return _has_right(user, method, DagDetails())


def _has_right(user: BaseUser, method: ResourceMethod, dag: DagDetails) -> bool:
    return bool(get_auth_manager().is_authorized_dag(method=method, access_entity=DagAccessEntity.RUN, details=dag, user=user))


def _user_with(method: ResourceMethod) -> Callable[[Request, BaseUser], BaseUser]:
    """The signed-in user; 401 without one, 403 where the right is missing, to the path parameter `source` where there is one."""

    def check(request: Request, user: GetUserDep) -> BaseUser:
        if not get_auth_manager().is_authorized_asset(method=READ, details=AssetDetails(), user=user):
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"{user.get_name()} lacks the right to read assets")
        if source := request.path_params.get("source"):
            require(user, method, source)
        elif not has_right(user, method):
            raise HTTPException(status.HTTP_403_FORBIDDEN, f"{user.get_name()} lacks the right to do this to runs of DAGs")
        request.state.copydesk_user = user
        return user

    return check


Viewer = Annotated[BaseUser, Depends(_user_with(READ))]
Operator = Annotated[BaseUser, Depends(_user_with(OPERATE))]
Editor = Annotated[BaseUser, Depends(_user_with(EDIT))]
