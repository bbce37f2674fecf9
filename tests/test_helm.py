from __future__ import annotations

import configparser
import json

import pytest
import yaml

OTHERWISE = {
    "celery",
    "dag_processor",
    "metrics",
    "core",
    "logging",
}  # what a pod for each task has no use for, or the chart sets
QUEUED = {"task_queued_timeout", "task_queued_timeout_check_interval", "num_stuck_in_queued_retries", "enable_health_check"}


@pytest.fixture
def values(checkout):
    return yaml.safe_load((checkout / "deploy" / "helm.yaml").read_text())


@pytest.fixture
def config(checkout):
    parser = configparser.ConfigParser()
    parser.read(checkout / "deploy" / "config" / "airflow.cfg")
    return parser


def test_faults_are_noticed_as_soon_as_in_compose(values, config):
    for section in set(config.sections()) - OTHERWISE:
        ours = {name: value for name, value in config[section].items() if name not in QUEUED}
        assert {name: str(values["config"][section][name]) for name in ours} == ours


def test_no_secret_stands_in_the_file(values):
    assert values["fernetKeySecretName"] and values["jwtSecretName"] and values["apiSecretKeySecretName"]
    assert values["data"] == {"metadataSecretName": "copydesk-database"}
    assert not values["createUserJob"]["defaultUser"]["enabled"]
    assert "password:" not in json.dumps(values)


def test_pods_are_not_root_and_bounded(values):
    assert values["securityContexts"]["pod"]["runAsNonRoot"]
    for part in ("apiServer", "scheduler", "dagProcessor", "triggerer", "workers"):
        assert values[part]["resources"]["limits"]["memory"]
