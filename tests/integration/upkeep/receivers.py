"""Whom an Airflow tells of things, on this machine: StatsD over UDP, webhooks over HTTP, mail over SMTP."""

from __future__ import annotations

import base64
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LOOPBACK = "127.0.0.1"


@dataclass
class Received:
    """Where things arrive, and what has arrived."""

    port: int = 0
    items: list[Any] = field(default_factory=list)


@contextmanager
def serving(server: socketserver.BaseServer, received: Received) -> Iterator[Received]:
    received.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def statsd() -> Iterator[Received]:
    """Lines such as `airflow.copydesk.records,source=lbc:3|c`."""
    received = Received()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            received.items += self.request[0].decode().splitlines()

    with serving(socketserver.UDPServer((LOOPBACK, 0), Handler), received):
        yield received


@contextmanager
def webhook() -> Iterator[Received]:
    """Requests, as (path, authorization, body)."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.items.append((self.path, self.headers.get("Authorization"), json.loads(body)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: Any) -> None:
            return

    with serving(ThreadingHTTPServer((LOOPBACK, 0), Handler), received):
        yield received


@contextmanager
def mailbox() -> Iterator[Received]:
    """Messages, as (password of who sends it, text)."""
    received = Received()

    class Handler(socketserver.StreamRequestHandler):
        password = ""

        def handle(self) -> None:
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                word = line.split()[0].upper()
                if word == "DATA":
                    self.say("354 go on")
                    received.items.append((self.password, self.text()))
                self.say(self.answer(word, line))
                if word == "QUIT":
                    return

        def answer(self, word: str, line: str) -> str:
            if word == "EHLO":
                return "250-here\r\n250 AUTH PLAIN"
            if word == "AUTH":
                self.password = base64.b64decode(line.split()[2]).decode().split("\0")[2]
                return "235 welcome"
            return "221 bye" if word == "QUIT" else "250 ok"

        def text(self) -> str:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.decode())
            return "".join(lines)

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with serving(socketserver.ThreadingTCPServer((LOOPBACK, 0), Handler), received):
        yield received
