"""A process of our own that does what may hang or crash, and is replaced when it does."""

from __future__ import annotations

import atexit
import fcntl
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any, TypeVar

from copydesk.processes.worker import ANSWER, ERROR, OUT_OF_MEMORY
from copydesk.records import Reason

START_SECONDS = 20
PATIENCE = 30  # times the limit, on the clock, for one that waits instead of working
MOST_DEATHS = 100  # in a row, without an answer between: that is no single document's fault
PIPE_BYTES = 1 << 20  # the most that the system gives anybody; with 64 KiB two processes wake each other ten times a page
SHAPING = ("COPYDESK_SITE_RULES", "AWS_")  # environment that the work depends on beside what it is told

Answer = TypeVar("Answer")


class Died(Exception):
    """Whoever did the work died of it, or gave it up with an error of its own."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class Idle(Died):
    """It neither answered nor worked for long."""


class Killable:
    """One worker process at a time; it starts with `prepare`, which may take as long as it likes, and more in its environment."""

    def __init__(self, prepare: Callable[[], None], environment: Mapping[str, str] | None = None) -> None:
        self._prepare = prepare
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._shape: dict[str, str] = {}
        self._is_ready = False
        self._deaths = 0
        atexit.register(self.close)

    def start(self) -> None:
        """Let it prepare itself, without waiting for that; does nothing where it runs already."""
        shape = {name: value for name, value in os.environ.items() if name.startswith(SHAPING)}
        if self._process and self._process.poll() is None and self._shape == shape:
            return
        self.close()
        self._shape, self._is_ready = shape, False
        command = [sys.executable, "-m", "copydesk.processes.worker", str(os.getpid())]
        environment = {"OPENBLAS_NUM_THREADS": "1", **self._environment, **os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        _widen(self._process)
        self._ask(None, self._prepare)

    def ask(self, seconds: float, job: Callable[[], Answer]) -> Answer:
        """What the job returns; Died where it takes more seconds of work than that, or crashes."""
        (answer,) = self._ask_for_all(seconds, job)
        result: Answer = answer
        return result

    def ask_for_many(self, seconds: float, job: Callable[[], Iterator[Answer]]) -> Iterator[Answer]:
        """What the job yields, each within those seconds."""
        yield from self._ask_for_all(seconds, job)

    def _ask_for_all(self, seconds: float, job: Callable[[], Any]) -> Iterator[Any]:
        self._make_ready()
        self._ask(seconds, job)
        try:
            for answer in self._answers(seconds):
                self._deaths = 0
                yield answer
        except Died as death:
            self._count(death)
            raise
        except BaseException:
            self.close()  # nobody listens any more, and what it still says would be taken for the next answer
            raise

    @property
    def process_id(self) -> int:
        """Of the process that runs."""
        return self._running.pid

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process:
            self._process.kill()
            self._reap()

    def _make_ready(self) -> None:
        self.start()
        if self._is_ready:
            return
        try:
            for _ in self._answers(None):
                pass
        except Died as death:
            raise RuntimeError(f"no worker process can be started: {death.detail}; what it wrote stands above") from None
        except BaseException:
            self.close()
            raise
        self._is_ready = True

    def _count(self, death: Died) -> None:
        self._deaths += 1
        if self._deaths >= MOST_DEATHS:
            found = f"{MOST_DEATHS} worker processes ended one after the other, the last of them thus: {death.detail}"
            raise RuntimeError(f"{found}; that is no document's fault: look at the memory and the limits of this machine")

    def _ask(self, seconds: float | None, job: Callable[[], Any]) -> None:
        try:
            pipe = self._running.stdin
            pickle.dump((seconds, job), pipe, protocol=5)  # type: ignore[arg-type]
            pipe.flush()  # type: ignore[union-attr]
        except BrokenPipeError:
            return  # it is dead: so says the answer

    def _answers(self, seconds: float | None) -> Iterator[Any]:
        while True:
            with self._watched(seconds) as given_up:
                try:
                    kind, value = pickle.load(self._running.stdout)  # type: ignore[arg-type]  # noqa: S301 - it is ours
                except (EOFError, pickle.UnpicklingError):
                    raise self._death(seconds, given_up) from None
            if kind == ERROR:
                raise Died(Reason.CRASHED, value) if isinstance(value, str) else value
            if kind != ANSWER:
                return
            yield value

    @contextmanager
    def _watched(self, seconds: float | None) -> Iterator[Event]:
        """Meanwhile it is killed when it neither answers nor works; the event tells."""
        given_up = Event()
        timer = Timer(PATIENCE * (seconds or START_SECONDS), self._give_up, (given_up,))
        timer.daemon = True
        timer.start()
        try:
            yield given_up
        finally:
            timer.cancel()

    def _give_up(self, given_up: Event) -> None:
        given_up.set()
        self._running.kill()

    def _death(self, seconds: float | None, given_up: Event) -> Died:
        code = self._reap()
        if given_up.is_set():
            return Idle(Reason.TIMED_OUT, f"nothing came for {PATIENCE * (seconds or START_SECONDS):.0f} seconds")
        if code == -signal.SIGXCPU:
            return Died(Reason.TIMED_OUT, f"more than {seconds:.0f} seconds of work")
        if code == OUT_OF_MEMORY:
            return Died(Reason.TOO_LARGE, "the process ran out of memory")
        name = f"signal {-code}, {signal.strsignal(-code)}" if code < 0 else f"exit code {code}"
        return Died(Reason.CRASHED, f"the process ended with {name}")

    def _reap(self) -> int:
        process, self._process = self._running, None
        for pipe in (process.stdin, process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()  # type: ignore[union-attr]
        return process.wait()

    @property
    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ValueError("no process runs: it was closed, or never started")
        return self._process


def _widen(process: subprocess.Popen[bytes]) -> None:
    """Larger pipes, where the system has them and this user has not too many."""
    for pipe in (process.stdin, process.stdout):
        if pipe and hasattr(fcntl, "F_SETPIPE_SZ"):
            with suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
