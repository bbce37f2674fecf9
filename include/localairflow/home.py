"""The folder an Airflow lives in, and the environment that makes Airflow live there and nowhere else."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from copydesk.preloading import MODULES

CHECKOUT = Path(__file__).parents[2]
LOOPBACK = "127.0.0.1"
USER = "admin"
# Imported once, in the process every task is forked from.
PRELOADED = ",".join(
    (
        "airflow.executors.local_executor",
        "airflow.sdk.execution_time.supervisor",
        "airflow.sdk.execution_time.task_runner",
        "airflow.providers.standard.decorators.python",
        *MODULES,
    )
)


def free_port() -> int:
    """A port nobody listens on, which for a minute is given to nobody who asks for any."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        port: int = listener.getsockname()[1]
        # A connection that this side closes first keeps its port; a server that asks for that one by name, as all ours do, gets it.
        with socket.create_connection((LOOPBACK, port)):
            connection, _ = listener.accept()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            connection.close()
        return port


@dataclass(frozen=True)
class Home:
    """Where an Airflow keeps its database and logs, and the data its DAGs work on."""

    folder: Path
    raw: str  # as in COPYDESK_RAW, and so on
    lake: str
    sources: str
    port: int
    options: Mapping[str, str] = field(default_factory=dict)  # more of Airflow's, as `section__name`
    config: Path | None = (
        None  # an `airflow.cfg` that decides what is not a matter of place, instead of what suits one small Airflow
    )
    variables: Mapping[str, str] = field(default_factory=dict)  # more of the process environment

    @property
    def url(self) -> str:
        """Address of the UI."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def database(self) -> Path:
        """Airflow's own, not the data's."""
        return self.folder / "airflow.db"

    @property
    def logs(self) -> Path:
        """What each process prints."""
        return self.folder / "processes"

    @property
    def password(self) -> str:
        """Of the user `admin`; made once for a home."""
        password: str = json.loads(self._passwords.read_text())[USER]
        return password

    @cached_property
    def _passwords(self) -> Path:
        file = self.folder / "passwords.json"
        if not file.exists():
            write_private(file, json.dumps({USER: secrets.token_urlsafe(12)}))
        return file

    @cached_property
    def signing_key(self) -> str:
        """What the processes prove to each other that they belong together; made once for a home."""
        return secret(self.folder / "signing.key")

    def environment(self) -> dict[str, str]:
        """The process environment of every Airflow command of this home."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "COPYDESK_"))}
        return own | self._data() | self._airflow() | dict(self.variables)

    def _data(self) -> dict[str, str]:
        roots = {"COPYDESK_RAW": self.raw, "COPYDESK_LAKE": self.lake, "COPYDESK_SOURCES": self.sources}
        return roots | {"OPENBLAS_NUM_THREADS": "1"}  # two threads take 2.6 times the processor time for matrices this small

    def _airflow(self) -> dict[str, str]:
        options = self._place() | ({} if self.config else self._small()) | dict(self.options)
        airflow = {f"AIRFLOW__{name.upper()}": str(value) for name, value in options.items()}
        if self.config:
            airflow["AIRFLOW_CONFIG"] = str(self.config)
            airflow["PYTHONPATH"] = os.pathsep.join(filter(None, (str(self.config.parent), os.environ.get("PYTHONPATH"))))
        # A proxy set for the machine would otherwise be asked for a loopback address.
        return airflow | {
            "AIRFLOW_HOME": str(self.folder),
            "NO_PROXY": f"{LOOPBACK},localhost",
            "no_proxy": f"{LOOPBACK},localhost",
        }

    def _place(self) -> dict[str, object]:
        """Where this Airflow is, and who may do what."""
        return {
            "core__dags_folder": CHECKOUT / "dags",
            "core__plugins_folder": CHECKOUT / "plugins",
            "core__dags_are_paused_at_creation": False,
            "core__simple_auth_manager_users": f"{USER}:admin",
            "core__simple_auth_manager_passwords_file": self._passwords,
            "core__execution_api_server_url": f"{self.url}/execution/",
            "api__host": LOOPBACK,
            "api__port": self.port,
            "api__base_url": self.url,
            "api__secret_key": self.signing_key,
            "api_auth__jwt_secret": self.signing_key,
            "logging__logging_level": "WARNING",
            "logging__uvicorn_logging_level": "WARNING",
        }

    def _small(self) -> dict[str, object]:
        """One machine, one user: SQLite, tasks forked from the scheduler's side, everything noticed at once."""
        return {
            "core__load_examples": False,
            "core__executor": "LocalExecutor",
            "core__parallelism": max(2, os.cpu_count() or 2),
            "core__min_serialized_dag_update_interval": 1,
            # Who wants to write waits for the writer before it, on a busy disk longer than the 5 s after which a request fails otherwise.
            "database__sql_alchemy_conn": f"sqlite:///{self.database}?timeout=60",
            # A DAG file that changed is read at once, all others only because a source file may have: that takes an eighth of a core every 5 s.
            "dag_processor__min_file_process_interval": 60,
            "dag_processor__refresh_interval": 5,
            "scheduler__scheduler_idle_sleep_time": 0.2,
            "scheduler__mp_start_method": "forkserver",
            "scheduler__mp_forkserver_preload": PRELOADED,
            "workers__min_heartbeat_interval": 1,  # also how soon the end of a task is noticed
            # A killed process is missed after seconds, not minutes: nothing here pauses for so long while it lives.
            "scheduler__scheduler_health_check_threshold": 20,
            "scheduler__orphaned_tasks_check_interval": 10,
            "scheduler__task_instance_heartbeat_timeout": 30,
            "scheduler__task_instance_heartbeat_timeout_detection_interval": 5,
        }


def secret(file: Path) -> str:
    """What `file` holds, for its owner's eyes; made up the first time it is asked for."""
    if not file.exists():
        write_private(file, secrets.token_hex(32))
    return file.read_text()


def write_exports(file: Path, environment: Mapping[str, str]) -> None:
    """What a shell reads to have the same data and the same Airflow."""
    names = sorted(name for name in environment if name.startswith(("AIRFLOW", "AWS_", "COPYDESK_")))
    write_private(file, "".join(f"export {name}={shlex.quote(environment[name])}\n" for name in names))


def write_private(file: Path, text: str) -> None:
    """For its owner's eyes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(text)
