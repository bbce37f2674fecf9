from __future__ import annotations

import os
import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from localairflow.cluster.topology import DATABASE, NOT_FOR_WORKERS
from localairflow.env import text

COMPOSE = shutil.which("docker-compose")
OURS = {"init", "api-server", "scheduler", "dag-processor", "triggerer", "worker", "remote-worker"}

pytestmark = pytest.mark.skipif(COMPOSE is None, reason="docker-compose is not installed")


@pytest.fixture
def configure(checkout, tmp_path):
    """`docker-compose config` with the `.env` that `make env` writes, changed by `edit`, and nothing else."""

    def run(edit=lambda env: env, *files):
        (tmp_path / ".env").write_text(edit(text()))
        chosen = [part for file in ("docker-compose.yaml", *files) for part in ("--file", checkout / file)]
        command = [COMPOSE, *chosen, "--env-file", tmp_path / ".env", "config"]
        environment = {"PATH": os.environ["PATH"], "PRIVATE_ADDRESS": "10.0.0.1"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=800, check=False)

    return run


@pytest.fixture
def services(configure):
    done = configure()
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)["services"]


def test_only_the_ui_is_published_and_only_to_this_machine(services):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published.pop("grafana") == ["127.0.0.1:3000:3000/tcp"]  # where metrics are asked for
    assert published == {"api-server": ["127.0.0.1:8080:8080/tcp"]}


def test_metrics_are_a_profile_of_their_own_with_all_that_it_mounts(services, checkout):
    asked = {name: service for name, service in services.items() if service.get("profiles") == ["metrics"]}
    assert set(asked) == {"statsd-exporter", "prometheus", "grafana"}
    mounted = [
        volume.split(":")[0] for service in asked.values() for volume in service.get("volumes", ()) if volume.startswith("/")
    ]
    assert len(mounted) == 3
    assert all(Path(path).is_relative_to(checkout) and Path(path).exists() for path in mounted)
    assert services["worker"]["environment"]["AIRFLOW__METRICS__STATSD_ON"] == "False"
    config = ConfigParser(interpolation=None)
    config.read(checkout / "deploy/config/airflow.cfg")
    assert config["metrics"]["statsd_host"] in asked
    [scraped] = yaml.safe_load((checkout / "deploy/metrics/prometheus.yaml").read_text())["scrape_configs"]
    assert [target.split(":")[0] for target in scraped["static_configs"][0]["targets"]] == ["statsd-exporter"]


def test_a_main_host_opens_what_remote_workers_need_on_its_private_address(configure):
    opened = re.findall(r"- (\S+)/tcp", configure(str, "deploy/main-host.yaml").stdout)
    assert sorted(opened) == [
        "10.0.0.1:5432:5432",
        "10.0.0.1:6379:6379",
        "10.0.0.1:8080:8080",
        "10.0.0.1:8333:8333",
        "127.0.0.1:3000:3000",
        "127.0.0.1:8080:8080",
    ]


def test_every_container_is_locked_down_and_bounded(services):
    for name, service in services.items():
        assert not service["user"].startswith(("0", "root")), name
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"], name


def test_services_come_back_and_say_whether_they_are_well(services):
    lasting = {name: service for name, service in services.items() if name != "init"}
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}
    assert all("healthcheck" in service for service in lasting.values())


def test_a_worker_has_no_way_into_airflow_but_what_its_task_may_ask(services):
    everything = services["scheduler"]["environment"]
    password = re.search(r"airflow:(\w+)@", everything[DATABASE])[1]
    of_airflow = {everything[name] for name in NOT_FOR_WORKERS} | {password}
    for name in ("worker", "remote-worker"):
        known = services[name]["environment"]
        assert not set(NOT_FOR_WORKERS) & set(known), name
        assert known[DATABASE].startswith("sqlite:////tmp/"), name
        assert not [secret for secret in of_airflow if any(secret in value for value in known.values())], name
        assert "auth" not in " ".join(services[name]["volumes"]), name
        assert "@postgres/celery" in known["AIRFLOW__CELERY__RESULT_BACKEND"]


def test_images_have_a_version_or_are_built_here(services, checkout):
    built = {"copydesk:local", "copydesk-store:local"}
    images = {service["image"] for service in services.values()} - built
    images |= set(re.findall(r"^FROM (\S+)", (checkout / "Dockerfile").read_text(), re.M))
    assert all(re.search(r":v?\d+\.\d+", image) for image in images), images


def test_our_services_know_the_same_things_and_remote_workers_find_them_elsewhere(configure):
    done = configure(lambda env: env.replace("#MAIN_HOST=", "MAIN_HOST=10.0.0.1"))
    services = yaml.safe_load(done.stdout)["services"]
    here, there = services["worker"], services["remote-worker"]
    assert set(here["environment"].items()) < set(there["environment"].items())
    assert here["environment"]["COPYDESK_LAKE"] == "s3://lake"
    assert set(there["extra_hosts"]) == {f"{name}:10.0.0.1" for name in ("postgres", "valkey", "store", "api-server")}
    assert not there.get("depends_on")


def test_no_secret_of_one_service_stands_in_the_file_itself(checkout):
    for name in re.findall(r"^(\w+_(?:PASSWORD|KEY|SECRET))=", text(), re.M):
        assert f"${{{name}:?{name} is not in .env, run make env}}" in (checkout / "docker-compose.yaml").read_text()


@pytest.mark.parametrize("missing", re.findall(r"^(\w+_(?:PASSWORD|KEY|SECRET))=", text(), re.M))
def test_a_secret_that_is_missing_is_named_with_what_to_do(configure, missing):
    done = configure(lambda env: re.sub(rf"^{missing}=.*$", "", env, flags=re.M))
    assert done.returncode != 0
    assert f"{missing} is not in .env, run make env" in done.stderr
