from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

# Forked for each question, as the DAG processor forks: Airflow was imported before, of ours nothing.
READER = """
import json, os, sys
from airflow.dag_processing.dagbag import DagBag

def answer(question):
    bag = DagBag(dag_folder=question["folder"], bundle_path=None)
    dags = {
        dag.dag_id: {
            "owner": dag.owner, "tags": sorted(dag.tags), "doc": dag.doc_md, "catchup": dag.catchup, "max_active_runs": dag.max_active_runs,
            "file": dag.fileloc, "start": str(dag.start_date), "end": str(dag.end_date), "timezone": str(dag.timezone),
            "params": {name: dag.params.get_param(name).schema for name in dag.params},
            "tasks": {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks},
            "notices": sorted({
                type(told).__name__ for task in dag.tasks for told in
                (task.partial_kwargs.get("on_failure_callback") if hasattr(task, "partial_kwargs") else task.on_failure_callback) or ()
            }),
            "shards_at_once": sorted({
                task.partial_kwargs["max_active_tis_per_dagrun"] for task in dag.tasks if hasattr(task, "partial_kwargs")
            }),
            "retried_by_policy": all(getattr(task, "retry_policy", None) or task.partial_kwargs.get("retry_policy") for task in dag.tasks),
        }
        for dag in bag.dags.values()
    }
    with open(question["answer"], "w") as file:
        json.dump({"dags": dags, "errors": bag.import_errors}, file)

ended = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # Airflow logs to standard output
assert not [name for name in sys.modules if name.partition(".")[0] in ("copydesk", "desk")]
for line in sys.stdin:
    question = json.loads(line)
    if not (child := os.fork()):
        os.environ.update(question["environment"])
        answer(question)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=ended, flush=True)
"""


@dataclass
class Dags:
    """What Airflow finds in `dags/`."""

    dags: dict[str, dict[str, Any]]
    errors: dict[str, str] = field(default_factory=dict)


ReadDags = Callable[..., Dags]


@pytest.fixture(scope="session")
def airflow_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Airflow without a database: reading DAGs needs none."""
    home = tmp_path_factory.mktemp("airflow")
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "COPYDESK_"))}
    return own | {"AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}


@pytest.fixture(scope="session")
def reader(airflow_environment: dict[str, str], checkout: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has imported Airflow, and reads DAGs when it is asked to."""
    path = os.pathsep.join(str(checkout / name) for name in ("dags", "plugins", "include"))
    command = [sys.executable, "-c", READER]
    environment = airflow_environment | {"PYTHONPATH": path}
    with subprocess.Popen(command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


@pytest.fixture(scope="session")
def read_dags(reader: subprocess.Popen[str], checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> ReadDags:
    """Read `dags/` in a process of its own, with a folder of sources or none set."""

    def read(sources: Path | None, **more: str) -> Dags:
        answer = tmp_path_factory.mktemp("answer") / "dags.json"
        environment = more if sources is None else {"COPYDESK_SOURCES": str(sources)} | more
        question = {"folder": str(checkout / "dags"), "answer": str(answer), "environment": environment}
        assert reader.stdin
        assert reader.stdout
        reader.stdin.write(f"{json.dumps(question)}\n")
        reader.stdin.flush()
        assert int(reader.stdout.readline()) == 0
        return Dags(**json.loads(answer.read_text()))

    return read


@pytest.fixture(scope="session")
def shipped(read_dags: ReadDags, checkout: Path) -> Dags:
    """The DAGs of the shipped source files."""
    return read_dags(checkout / "include" / "sources")


@pytest.fixture
def write_source(tmp_path: Path) -> Callable[..., Path]:
    """Write a source file; the folder it lies in."""

    def write(name: str, **keys: str) -> Path:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        table = {"name": name, "raw": f"{name}/{{key}}/*", "format": "text", **keys}
        (folder / f"{name}.toml").write_text("".join(f'{key} = "{value}"\n' for key, value in table.items()))
        return folder

    return write
