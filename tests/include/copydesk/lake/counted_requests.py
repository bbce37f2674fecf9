"""What is asked of an S3 server, counted by a relay before it that passes every byte on as it is."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HOST = "127.0.0.1"
REQUEST = re.compile(rb"(GET|PUT|POST|HEAD|DELETE) (\S+) HTTP/1\.1\r\n")
LONGEST = 4096  # of a request line


class Requests:
    """By kind: LIST, which takes longer the more there is, apart from other GETs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.lines: list[tuple[str, str]] = []

    def note(self, method: bytes, target: bytes) -> None:
        with self._lock:
            self.lines.append((method.decode(), target.decode()))

    def take(self) -> Counter[str]:
        """The counts since they were last taken."""
        with self._lock:
            lines, self.lines = self.lines, []
        return Counter("LIST" if method == "GET" and "list-type=" in target else method for method, target in lines)


@contextmanager
def relay(port: int) -> Iterator[tuple[int, Requests]]:
    """A port that leads to `port`, and what goes through it."""
    requests = Requests()
    listener = socket.create_server((HOST, 0))
    threading.Thread(target=_accept, args=(listener, port, requests), daemon=True).start()
    try:
        yield listener.getsockname()[1], requests
    finally:
        listener.close()


def _accept(listener: socket.socket, port: int, requests: Requests) -> None:
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            server = socket.create_connection((HOST, port))
            threading.Thread(target=_pass_on, args=(client, server, requests), daemon=True).start()
            threading.Thread(target=_pass_on, args=(server, client, None), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, requests: Requests | None) -> None:
    seen = b""
    with suppress(OSError):
        while data := source.recv(1 << 16):
            if requests is not None:
                seen += data
                end = 0
                for found in REQUEST.finditer(seen):
                    requests.note(found[1], found[2])
                    end = found.end()
                seen = seen[max(end, len(seen) - LONGEST) :]
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
