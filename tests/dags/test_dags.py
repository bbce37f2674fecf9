from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.sources import load_all
from timing import slowness

CHECKOUT = Path(__file__).parents[2]
DAG_FILES = sorted((CHECKOUT / "dags").glob("*.py"))
HEAVY = ("pandas", "pyarrow", "great_expectations", "bs4")
MAX_PARSE_S = 2.0
INGEST = {
    "plan": ["clean", "segment"],
    "segment": ["add_up_repetition"],
    "add_up_repetition": ["clean"],
    "clean": ["judge"],
    "judge": ["publish"],
    "publish": ["announce"],
    "announce": [],
}
# airflow is there already where a DAG file is parsed: the DAG processor forks, and so does this, for each file
PARSE = """
import json, os, runpy, sys, time
import airflow.sdk, airflow.providers.standard.decorators.python, airflow.providers.standard.decorators.sensor
files, heavy = map(json.loads, sys.argv[1:])
for file in files:
    if not (child := os.fork()):
        began = time.process_time()
        runpy.run_path(file)
        taken = time.process_time() - began
        print(f"\\n{json.dumps([file, taken, [name for name in heavy if name in sys.modules]])}", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="session")
def parsed(airflow_environment, checkout):
    """What each DAG file took to be read, in seconds of CPU, and what is heavy of that it imported; of one that raises, nothing."""
    environment = airflow_environment | {
        "PYTHONPATH": os.pathsep.join(str(checkout / name) for name in ("dags", "include")),
        "COPYDESK_SOURCES": str(checkout / "include" / "sources"),
    }
    command = [sys.executable, "-c", PARSE, json.dumps([str(file) for file in DAG_FILES]), json.dumps(HEAVY)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    told = (json.loads(line) for line in done.stdout.splitlines() if line.startswith('["/'))
    return {file: (seconds, imported) for file, seconds, imported in told}, done.stderr


def test_every_source_file_gives_a_dag(shipped, checkout):
    sources, _ = load_all(checkout / "include" / "sources")
    assert set(shipped.dags) == {"curate", "housekeeping", "ingest_archive", *(f"ingest_{name}" for name in sources)}


def test_the_shipped_sources_give_no_import_error(shipped):
    assert shipped.errors == {}


def test_every_dag_says_what_it_is_and_who_answers_for_it(shipped):
    for name, dag in shipped.dags.items():
        assert dag["owner"] == "copydesk", name
        assert dag["tags"], name
        assert len(dag["doc"]) > 200, name


def test_no_dag_catches_up_by_itself(shipped):
    assert {dag["catchup"] for dag in shipped.dags.values()} == {False}


def test_every_task_knows_which_errors_heal(shipped):
    assert all(dag["retried_by_policy"] for dag in shipped.dags.values())


def test_months_are_curated_side_by_side_but_one_at_a_time_where_nothing_can_be_locked(shipped, read_dags, tmp_path):
    assert shipped.dags["curate"]["max_active_runs"] > 1
    assert read_dags(tmp_path, COPYDESK_LAKE="s3://bucket/lake").dags["curate"]["max_active_runs"] == 1


def test_ingest_goes_from_plan_to_announcement(shipped):
    assert shipped.dags["ingest_harbour_courier"]["tasks"] == INGEST


def test_an_archive_goes_the_same_way(shipped):
    assert shipped.dags["ingest_archive"]["tasks"] == INGEST


def test_an_archive_asks_for_a_source_of_the_catalogue_a_name_and_a_path(shipped, checkout):
    sources, _ = load_all(checkout / "include" / "sources")
    asked = shipped.dags["ingest_archive"]["params"]
    assert asked["source"]["enum"] == sorted(sources)
    assert re.search(asked["key"]["pattern"], "wire-2010-2020")
    for no_archive in ("2026-11-03", "", "../wire", "a/b", "-wire"):
        assert not re.search(asked["key"]["pattern"], no_archive)
    assert asked["path"]["type"] == ["null", "string"]


def test_without_sources_there_is_no_archive_to_ingest(read_dags, tmp_path):
    assert set(read_dags(tmp_path).dags) == {"curate", "housekeeping"}


def test_a_source_that_waits_has_a_sensor_before_its_plan(read_dags, write_source):
    dags = read_dags(write_source("slow", on_missing="wait")).dags
    assert dags["ingest_slow"]["tasks"] == {"wait_for_dump": ["plan"], **INGEST}


def test_the_days_of_a_source_begin_at_its_own_midnight(read_dags, write_source):
    dag = read_dags(write_source("far", timezone="Asia/Tokyo", start="2026-11-01", end="2026-11-03")).dags["ingest_far"]
    assert (dag["start"], dag["end"]) == ("2026-11-01 15:00:00+00:00", "2026-11-03 15:00:00+00:00")


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.name)
def test_a_dag_file_is_read_quickly_and_imports_nothing_heavy(file, parsed):
    told, errors = parsed
    assert str(file) in told, errors
    seconds, imported = told[str(file)]
    assert imported == []
    assert seconds < MAX_PARSE_S * slowness()


@pytest.mark.parametrize("file", DAG_FILES, ids=lambda file: file.name)
def test_a_dag_file_is_a_page(file):
    assert len(file.read_text().splitlines()) <= 80


def test_dags_are_written_with_the_task_sdk_alone():
    files = (CHECKOUT / "dags").rglob("*.py")
    foreign = {
        (file.name, name) for file in files for name in imports(file) if is_airflow(name) and not name.startswith("airflow.sdk")
    }
    assert foreign == set()


def test_nothing_below_include_imports_airflow():
    files = (CHECKOUT / "include").rglob("*.py")
    assert [file for file in files if any(map(is_airflow, imports(file)))] == []


def is_airflow(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] == "airflow"


def imports(file: Path) -> list[str]:
    """Every module a file imports, at its top or inside a function."""
    names = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names
