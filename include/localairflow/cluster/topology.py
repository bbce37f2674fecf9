"""Postgres, Valkey, S3, and the processes of an Airflow that hands its tasks to Celery workers."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from pathlib import Path
from types import TracebackType
from typing import Self

from localairflow import processes
from localairflow.cluster.postgres import Postgres
from localairflow.cluster.valkey import Valkey
from localairflow.home import CHECKOUT, Home, free_port, secret
from localairflow.objects import ObjectStore, User
from localairflow.server import COMPONENTS, Differences, LocalAirflow
from localairflow.service import Service

CONFIG = CHECKOUT / "deploy" / "config" / "airflow.cfg"
REGION = "us-east-1"
# Documents and dumps are worked on there: a worker that was taken over has no way into Airflow but what its own task may ask.
NOT_FOR_WORKERS = (
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
)
# Of which workers have an empty one: where none is named, they make it in AIRFLOW_HOME as they start, which may be read-only.
DATABASE = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
RAW, LAKE = "s3://raw", "s3://lake"


class Cluster:
    """The whole of it in `folder`; as a context manager it runs inside the block and leaves no process behind."""

    def __init__(
        self, folder: Path, sources: Path, workers: int = 3, *, port: int | None = None, options: dict[str, str] | None = None
    ) -> None:
        self.postgres = Postgres(folder / "postgres")
        self.valkey = Valkey(folder / "valkey")
        owner = User("copydesk", key=secret(folder / "s3.key"))
        self.store = ObjectStore(folder / "store", owner=owner)
        self.workers = [f"worker-{number + 1}" for number in range(workers)]
        self.home = self._home(folder, sources, port or free_port(), owner, options or {})
        own: Differences = {**dict.fromkeys(NOT_FOR_WORKERS), DATABASE: f"sqlite:///{folder.absolute() / 'no-database.db'}"}
        self.airflow = LocalAirflow(self.home, self._components(), dict.fromkeys(self.workers, own))

    @property
    def services(self) -> dict[str, Service]:
        """What Airflow stands on, in the order it is started."""
        return {"postgres": self.postgres, "valkey": self.valkey, "store": self.store}

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()
        self.airflow.api.close()

    def start(self) -> None:
        """Return when everything is healthy and the buckets are there."""
        self.start_services()
        self.airflow.start()

    def start_services(self) -> None:
        """What Airflow stands on, and the buckets."""
        for service in self.services.values():
            service.start()
        for uri in (RAW, LAKE):
            self.store.make_bucket(uri.removeprefix("s3://"))

    def stop(self) -> None:
        """Airflow first, then what it stands on."""
        self.airflow.stop()
        for service in reversed(self.services.values()):
            service.stop()

    def kill(self, name: str) -> None:
        """`kill -9` of a service or of one of Airflow's processes, with all it has started."""
        if name in self.services:
            self.services[name].kill()
        else:
            self.airflow.kill_one(name)

    def start_again(self, name: str) -> None:
        """After a kill, as a supervisor would."""
        if name in self.services:
            self.services[name].start()
        else:
            self.airflow.start_one(name)

    def cpu_seconds(self) -> dict[str, float]:
        """What each part has taken of the processors so far, all workers together; processes that have ended count where their parents live."""
        leaders = {name: service.pid for name, service in self.services.items()} | self.airflow.pids
        spent: dict[str, float] = {}
        for name, pid in leaders.items():
            part = "worker" if name in self.workers else name
            spent[part] = spent.get(part, 0.0) + processes.cpu_seconds(pid)
        return spent

    def _components(self) -> dict[str, list[str]]:
        # The API server reads the log files itself.
        workers = {
            name: ["celery", "worker", "--skip-serve-logs", "--celery-hostname", f"{name}@localhost", "--without-gossip"]
            for name in self.workers
        }
        return COMPONENTS | workers

    def _home(self, folder: Path, sources: Path, port: int, owner: User, options: dict[str, str]) -> Home:
        own = {
            "core__fernet_key": _fernet(folder),
            "core__parallelism": str(len(self.workers)),
            "database__sql_alchemy_conn": f"postgresql+psycopg2://{self.postgres.address}",
            "celery__result_backend": f"db+postgresql+psycopg2://{self.postgres.results}",
            "celery__broker_url": self.valkey.url,
            "celery__worker_concurrency": "1",
            "scheduler__scheduler_health_check_server_port": str(free_port()),
        }
        variables = {
            "AWS_ENDPOINT_URL": self.store.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": owner.name,
            "AWS_SECRET_ACCESS_KEY": owner.key,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        return Home(folder / "airflow", RAW, LAKE, str(sources), port, own | options, CONFIG, variables)


def _fernet(folder: Path) -> str:
    return urlsafe_b64encode(bytes.fromhex(secret(folder / "fernet.key"))).decode()
