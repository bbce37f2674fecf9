"""A server of another make as a child process: Postgres, Valkey, S3."""

from __future__ import annotations

import os
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from localairflow import processes


class Service(ABC):
    """From `start` to `stop`; what it holds stays in `folder`."""

    name: ClassVar[str]
    start_timeout_s: ClassVar[float] = 60.0

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def start(self) -> None:
        """Return when it answers."""

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was not started")
        return self._process.pid

    def fail_if_ended(self) -> None:
        """RuntimeError with the end of its log when the server has ended by itself."""
        if self._process and self._process.poll() is not None:
            log = self._folder / "log"
            raise RuntimeError(f"{self.name} ended with {self._process.returncode}; the end of {log}:\n{log.read_text()[-2000:]}")

    def kill(self) -> None:
        """With SIGKILL; what it has said yes to is on the disk, and is there after the next start."""
        if self._process:
            processes.kill([self._process])

    def stop(self) -> None:
        """In order."""
        if self._process:
            processes.stop([self._process])

    @abstractmethod
    def _answers(self) -> bool:
        """Whether it does what it is there for."""

    def _run(self, command: list[str]) -> None:
        """Start the server, and return when it answers; TimeoutError, with where its log is, if that takes too long."""
        log = self._folder / "log"
        self._process = processes.start(command, os.environ, log)
        give_up = time.monotonic() + self.start_timeout_s
        while not self._answers():
            self.fail_if_ended()
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.name} does not answer; see {log}")
            time.sleep(0.2)
