from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from localairflow.home import PRELOADED, Home, free_port
from localairflow.server import LocalAirflow
from localairflow.waiting import Outcome, wait_until_quiet

SAMPLES = ("harbour_courier", "nordtor_zeitung", "veyrat_info")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 3)
PUBLISHED = ("clean", "quarantine", "removed", "articles")
QUIET_TIMEOUT_S = 1500.0  # three days of three publishers: three minutes beside another Airflow, many on a busy machine

# Beside the samples: what the shipped sources do not do. Their days lie in the past, so none is scheduled.
OWN_SOURCES = {
    "strict": {"raw": "harbour_courier/{key}/*", "on_missing": "fail", "quality": {"max_quarantined_share": 0.0}},
    "patient": {"raw": "patient/{key}/*", "on_missing": "wait", "arrival": {"marker": "patient/{key}/_SUCCESS"}},
    "overdue": {
        "raw": "overdue/{key}/*",
        "on_missing": "wait",
        "arrival": {"marker": "overdue/{key}/_SUCCESS", "deadline_hours": 0},
    },
    "fleeting": {"raw": "fleeting/{key}/*", "on_missing": "empty"},
    "wire": {"raw": "wire/{key}/*", "format": "jsonl"},
    "doubtful": {"raw": "harbour_courier/{key}/*", "quality": {"max_quarantined_share": 0.0}},
    "hostile": {
        "raw": "hostile/{key}/*",
        "format": "jsonl",
        "record": {"title": "headline", "published_at": "published"},
        "quality": {"max_quarantined_share": 1.0},
    },
}

Snapshot = dict[str, str]


@dataclass(frozen=True)
class Site:
    """Raw dumps and source files that tests may change."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def sources(self) -> Path:
        return self.folder / "sources"

    @property
    def lineage(self) -> Path:
        """Where the OpenLineage events of the session's Airflow are written, each to a file of its own."""
        return self.folder / "lineage"

    def home(self, name: str, **options: str) -> Home:
        """An Airflow with a lake of its own over these dumps."""
        lake = str(self.folder / f"{name}-lake")
        return Home(self.folder / name, str(self.raw), lake, str(self.sources), free_port(), options)


@dataclass(frozen=True)
class Backfilled:
    """How the backfill of the samples ended, and what was published then."""

    runs: list[Outcome]
    published: Snapshot


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, samples: Path, checkout: Path) -> Site:
    site = Site(tmp_path_factory.mktemp("site"))
    shutil.copytree(samples, site.raw)
    shutil.copytree(checkout / "include" / "sources", site.sources)
    for name, keys in OWN_SOURCES.items():
        (site.sources / f"{name}.toml").write_text(_source_file(name, keys))
    return site


def _source_file(name: str, keys: dict[str, object]) -> str:
    table = {"name": name, "format": "text", "timezone": "Europe/London", "start": str(FIRST), "end": str(LAST), **keys}
    parts = {part: values for part, values in table.items() if isinstance(values, dict)}
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items() if key not in parts]
    for part, values in parts.items():
        lines += [f"[{part}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def airflow(site: Site) -> Iterator[LocalAirflow]:
    """One Airflow for all tests of the session."""
    options = {
        "openlineage__transport": _lineage_backends(site),
        # 0.4 seconds of processor time in each task otherwise
        "scheduler__mp_forkserver_preload": f"{PRELOADED},airflow.providers.openlineage.plugins.listener",
    }
    with LocalAirflow(site.home("airflow", **options)) as airflow:
        airflow.wait_for_dags({"curate", *(f"ingest_{name}" for name in (*SAMPLES, *OWN_SOURCES))})
        yield airflow


def _lineage_backends(site: Site) -> str:
    """A file, and then a backend that is down: that it raises at every event must not matter to any task of any test."""
    site.lineage.mkdir()
    file = {"type": "file", "log_file_path": str(site.lineage / "event")}
    down = {"type": "http", "url": f"http://127.0.0.1:{free_port()}", "retry": {"total": 0}}
    return json.dumps({"type": "composite", "continue_on_failure": False, "transports": [file, down]})


@pytest.fixture(scope="session")
def lake(airflow: LocalAirflow) -> Path:
    return Path(airflow.home.lake)


@pytest.fixture(scope="session")
def settle() -> Callable[[LocalAirflow], list[Outcome]]:
    """Wait until every run of every DAG has ended, and those they started."""

    def wait(airflow: LocalAirflow) -> list[Outcome]:
        return wait_until_quiet(airflow.api, sorted(airflow.api.dags()), QUIET_TIMEOUT_S)

    return wait


@pytest.fixture(scope="session")
def snapshot() -> Callable[[Path], Snapshot]:
    """Every published file of a lake with the hash of its bytes."""

    def take(lake: Path) -> Snapshot:
        files = [file for dataset in PUBLISHED for file in (lake / dataset).rglob("*") if file.is_file()]
        return {str(file.relative_to(lake)): sha256(file.read_bytes()).hexdigest() for file in files}

    return take


@pytest.fixture(scope="session")
def backfilled(
    airflow: LocalAirflow, settle: Callable[[LocalAirflow], list[Outcome]], snapshot: Callable[[Path], Snapshot], lake: Path
) -> Backfilled:
    """The three days of the three publishers: one by the command line, as an engineer would, the others by the API."""
    by_command, *by_api = (f"ingest_{name}" for name in SAMPLES)
    airflow.command(
        "backfill", "create", "--dag-id", by_command, "--from-date", str(FIRST), "--to-date", str(LAST), "--max-active-runs", "2"
    )
    for dag_id in by_api:
        airflow.api.backfill(dag_id, FIRST, LAST)
    runs = settle(airflow)
    return Backfilled(runs, snapshot(lake))
