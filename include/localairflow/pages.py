"""How quick the pages are on a big lake, and what they cost the API server: `python -m localairflow.pages --data DIR`.

DIR is what `python -m copydesk.benchmarks.big_lake` wrote. One API server is started with the plugin and one without.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil
import pyarrow.parquet as pq

from copydesk.lake.cached_lines import KEPT
from copydesk.lake.layout import known_sources, partition_folders, partition_path
from copydesk.lake.manifest import load
from copydesk.schema import CLEAN, RUNS
from copydesk.storage import Storage
from localairflow import processes
from localairflow.home import USER, Home, free_port

START_TIMEOUT_S = 600.0
ANSWER_TIMEOUT_S = 120.0
TIMES = 9
AIRFLOWS_OWN = ["/", "/api/v2/dags", "/ui/auth/menus", "/api/v2/monitor/health"]
LIMITS_S = {"calendar": 1.0, "article": 0.5}
LIMIT_MB = 300


@dataclass(frozen=True, slots=True)
class Timed:
    """Requests for one kind of page: seconds on the clock, and of the server's processors by request."""

    page: str
    first: float
    median: float  # of the others
    cpu: float

    def line(self) -> str:
        """A row of the table."""
        limit = next((f"{seconds} s" for word, seconds in LIMITS_S.items() if self.page.startswith(word)), "")
        return f"| {self.page} | {self.first:.2f} s | {self.median:.2f} s | {self.cpu:.2f} s | {limit} |"


class Server:
    """An API server and all processes it starts."""

    def __init__(self, home: Home) -> None:
        self._leader = processes.start(_command("api-server"), home.environment(), home.logs / "api-server.log")
        self._client = httpx.Client(base_url=home.url, timeout=ANSWER_TIMEOUT_S, trust_env=False)
        self._home = home

    def stop(self) -> None:
        """End it."""
        self._client.close()
        processes.stop([self._leader])

    def sign_in(self) -> None:
        """Wait until it answers, and be its user from then on."""
        give_up = time.monotonic() + START_TIMEOUT_S
        while not (token := self._token()):
            if time.monotonic() > give_up or self._leader.poll() is not None:
                raise RuntimeError(f"the API server does not answer: see {self._home.logs}")
            time.sleep(1)
        self._client.cookies.set("_token", token)

    def get(self, path: str) -> float:
        """Seconds until the whole answer was there; RuntimeError for any but a good one."""
        began = time.perf_counter()
        answer = self._client.get(path)
        if not answer.is_success:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:500]}")
        return time.perf_counter() - began

    def time(self, page: str, paths: Iterable[str]) -> Timed:
        """The pages, one after the other."""
        worked = self._worked()
        clock = [self.get(path) for path in paths]
        return Timed(page, clock[0], statistics.median(clock[1:] or clock), (self._worked() - worked) / len(clock))

    def held_mb(self) -> float:
        """Memory of all its processes; what several hold together is counted once."""
        return float(sum(process.memory_full_info().pss for process in self._all()) / 1e6)

    def _worked(self) -> float:
        times = [process.cpu_times() for process in self._all()]
        return float(sum(one.user + one.system for one in times))

    def _all(self) -> list[psutil.Process]:
        root = psutil.Process(self._leader.pid)
        return [root, *root.children(recursive=True)]

    def _token(self) -> str | None:
        try:
            answer = self._client.post("/auth/token", json={"username": USER, "password": self._home.password})
        except httpx.TransportError:
            return None
        return str(answer.json()["access_token"]) if answer.is_success else None


@dataclass(frozen=True, slots=True)
class Data:
    """The lake that is looked at."""

    folder: Path

    @property
    def lake(self) -> Storage:
        """Where the datasets are."""
        return Storage.open(str(self.folder / "lake"))

    def largest(self) -> tuple[str, str]:
        """Source and dump of the partition with most articles."""
        found = ((load(self.lake, folder), values) for values, folder in partition_folders(self.lake, CLEAN))
        rows = max((manifest.rows, *values.values()) for manifest, values in found if manifest)
        return str(rows[1]), str(rows[2])

    def articles(self, source: str, dump: str) -> list[str]:
        """Ids of articles spread over the partition."""
        folder = partition_path(CLEAN, {"source": source, "dump": dump})
        manifest = load(self.lake, folder)
        ids = [
            one
            for part in (manifest.parts if manifest else ())
            for one in pq.read_table(self.lake.full(f"{folder}/{part.name}"), columns=["article_id"])["article_id"].to_pylist()
        ]
        return [ids[n * (len(ids) - 1) // TIMES] for n in range(TIMES + 1)]

    def counts(self) -> str:
        """How much it is, in words."""
        source, dump = self.largest()
        manifest = load(self.lake, partition_path(CLEAN, {"source": source, "dump": dump}))
        runs, sources = len(self.lake.files(RUNS.name)), len(known_sources(self.lake, RUNS))
        return f"{runs:,} runs of {sources} sources, and a day of {manifest.rows if manifest else 0:,} articles"


def measure(data: Data) -> tuple[list[Timed], float, float]:
    """Every page, then the memory of a server without the plugin and of the one with it when it has shown all that."""
    with TemporaryDirectory() as folder:
        home = _home(data, Path(folder))
        home.logs.mkdir(parents=True)
        with (home.logs / "migrate.log").open("w") as log:
            subprocess.run(_command("db", "migrate"), env=home.environment(), check=True, stdout=log, stderr=log)  # noqa: S603
        with serving(_home(data, Path(folder), with_plugins=False)) as server:
            _use(server)
            without = server.held_mb()
        with serving(home) as server:
            _use(server)
            timed = list(_pages(server, data))
            held = server.held_mb()
        data.lake.delete_tree(KEPT)
        with serving(home) as server:
            _use(server)
            timed.append(server.time("year of runs that an older version recorded, once", [_year(data)]))
        return timed, without, held


def _pages(server: Server, data: Data) -> Iterator[Timed]:
    source, dump = data.largest()
    month = f"/copydesk/?first={date.fromisoformat(dump) - timedelta(days=30)}&last={dump}"
    yield server.time("calendar of a year that no page has shown yet, after a start", [_year(data)] * TIMES)
    yield server.time("calendar of a month", [month] * TIMES)
    yield server.time("run of a usual day", _usual_days(data))
    yield server.time("run of the large day", [f"/copydesk/runs/{source}/{dump}"] * TIMES)
    yield server.time("search for words of titles", [f"/copydesk/articles?q=harbour&first={dump}&last={dump}"] * TIMES)
    articles = [f"/copydesk/articles/{one}" for one in data.articles(source, dump)]
    yield server.time("article of the large day, from a list", [f"{address}?day={dump}" for address in articles])
    yield server.time("article of the large day, by its id", articles)


def _usual_days(data: Data) -> list[str]:
    """The runs of the last days before the large one."""
    source, _ = data.largest()
    keys = [folder.rpartition("=")[2] for folder in data.lake.folders(f"{RUNS.name}/source={source}")]
    return [f"/copydesk/runs/{source}/{key}" for key in keys[-TIMES - 1 : -1]]


def _year(data: Data) -> str:
    _, dump = data.largest()
    return f"/copydesk/?first={date.fromisoformat(dump) - timedelta(days=364)}&last={dump}"


def _use(server: Server) -> None:
    """What anybody does with Airflow itself, so that it has loaded what that needs."""
    server.sign_in()
    for path in AIRFLOWS_OWN:
        server.get(path)


@contextmanager
def serving(home: Home) -> Iterator[Server]:
    """An API server that is there within the block."""
    server = Server(home)
    try:
        yield server
    finally:
        server.stop()


def _home(data: Data, folder: Path, *, with_plugins: bool = True) -> Home:
    options = {"api__workers": "1"} | ({} if with_plugins else {"core__plugins_folder": str(folder / "no_plugins")})
    raw, lake, sources = (str(data.folder / name) for name in ("raw", "lake", "sources"))
    return Home(folder / "airflow", raw, lake, sources, free_port(), options)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "airflow", *arguments]


def page(data: Data, timed: Iterable[Timed], without: float, held: float) -> str:
    """The table, as a part of docs/page.md."""
    return "\n".join(
        [
            f"{data.counts()}; one worker, {psutil.cpu_count()} cores, {date.today()}, `python -m localairflow.pages`.",
            "",
            "| page | first | median of the others | processor time | wanted |",
            "|---|---|---|---|---|",
            *(one.line() for one in timed),
            "",
            f"Memory of the API server with all its processes: {without:.0f} MB without the plugin, {held:.0f} MB with it after these requests,",
            f"{held - without:.0f} MB more (wanted: less than {LIMIT_MB}).",
            "",
        ]
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m localairflow.pages", description=(__doc__ or "").split(":", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that copydesk.benchmarks.big_lake wrote")
    data = Data(parser.parse_args().data.absolute())
    sys.stdout.write(page(data, *measure(data)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
