from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

USERS = {"vera": "viewer", "uwe": "user", "olga": "op", "ada": "admin"}
SECRET = 64 * "s"
ROLES = {role: name for name, role in USERS.items()}


@dataclass(frozen=True)
class Airflow:
    """Airflow's own API server with the plugin, in this process, over a database of its own."""

    app: Any

    def client(self, role: str | None = None) -> TestClient:
        """A browser, signed in as a user of this role, or not at all."""
        from starlette.testclient import TestClient

        client = TestClient(self.app, follow_redirects=False)
        if role:
            client.cookies.set("_token", self.jwt(role))
        return client

    def jwt(self, role: str) -> str:
        from airflow.api_fastapi.app import get_auth_manager

        return get_auth_manager().generate_jwt(self.user(role))

    def token(self, role: str) -> str:
        """What a form carries that was made for the user."""
        from copydesk_ui.guard import token_for

        return token_for(self.user(role))

    @staticmethod
    def user(role: str) -> Any:
        from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser

        return SimpleAuthManagerUser(username=ROLES[role], role=role.upper())


@pytest.fixture(scope="session")
def airflow(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Iterator[Airflow]:
    """Started once: it takes ten seconds."""
    home = tmp_path_factory.mktemp("airflow")
    own = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Airflow's own
        for name in os.environ.keys() - own.keys():
            patch.delenv(name)
        patch.setenv("AIRFLOW_HOME", str(home))
        patch.setenv("AIRFLOW__CORE__LOAD_EXAMPLES", "False")
        patch.setenv("AIRFLOW__CORE__PLUGINS_FOLDER", str(checkout / "plugins"))
        patch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", ",".join(":".join(user) for user in USERS.items()))
        patch.setenv("AIRFLOW__API__SECRET_KEY", SECRET)
        patch.setenv("AIRFLOW__API_AUTH__JWT_SECRET", SECRET)
        patch.setenv("AIRFLOW__LOGGING__LOGGING_LEVEL", "ERROR")
        level = logging.root.level
        started = _started()
        logging.root.setLevel(level)  # the level above is for Airflow; whoever tests after it wants to hear warnings
        yield Airflow(started)


def _started() -> Any:
    from airflow import settings
    from airflow.api_fastapi.app import create_app
    from airflow.models import import_all_models
    from airflow.models.base import Base

    import_all_models()
    Base.metadata.create_all(settings.engine)
    return create_app(apps="core")


@pytest.fixture
def client(airflow: Airflow) -> TestClient:
    """A user with every right."""
    return airflow.client("admin")


@pytest.fixture
def write_source(tmp_path: Path) -> Callable[..., Path]:
    """Write a source file; its path."""

    def write(name: str = "lbc", text: str = "", **keys: str) -> Path:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        table = {"name": name, "raw": f"{name}/{{key}}/*", "format": "text", **keys}
        path = folder / f"{name}.toml"
        path.write_text(text or "".join(f'{key} = "{value}"\n' for key, value in table.items()))
        return path

    return write
