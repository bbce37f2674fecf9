from __future__ import annotations

import configparser
import json
import re
import textwrap

import pytest
import yaml

from localairflow.cluster.topology import DATABASE, NOT_FOR_WORKERS

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


@pytest.fixture
def pod(values):
    """The pod of a task as Helm writes it: what `podTemplate` asks for of these values, and of the chart's names."""

    def told(found):
        name, _, indent = found[1].removeprefix("toYaml .Values.").partition(" | nindent ")
        value = values
        for key in name.split("."):
            value = value[key]
        return "\n" + textwrap.indent(yaml.safe_dump(value), " " * int(indent))

    named = [{"name": one["name"], "value": one["value"]} for one in values["env"]]
    named += [{"name": one["envName"], "secret": one["secretName"]} for one in values["secret"]]
    environment = textwrap.indent(yaml.safe_dump(named), "  ")  # the chart's own begins two spaces in
    text = re.sub(
        r"\s*\{\{- include \"custom_airflow_environment\" \. \| indent (\d) \}\}",
        lambda found: "\n" + textwrap.indent(environment, " " * int(found[1])),
        values["podTemplate"],
    )
    text = re.sub(r"\s*\{\{- (toYaml \.Values\.\S+ \| nindent \d+) \}\}", told, text)
    return yaml.safe_load(re.sub(r"\{\{ (?:include )?\"?([\w.]+)\"?(?: \.)? \}\}", r"\1", text))


def test_the_pod_of_a_task_knows_the_store_and_nothing_that_opens_or_signs_anything_of_airflow(pod):
    [container] = pod["spec"]["containers"]
    known = {one["name"]: one.get("value") for one in container["env"]}
    assert {one["secret"] for one in container["env"] if "secret" in one} == {"copydesk-s3"}
    assert not set(NOT_FOR_WORKERS) & set(known)
    assert known[DATABASE].startswith("sqlite:////tmp/")
    assert pod["spec"]["automountServiceAccountToken"] is False
    mounted = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
    assert set(mounted) == {mount["name"] for mount in container["volumeMounts"]} == {"config", "logs", "sources"}
    assert not [volume for volume in mounted.values() if "secret" in volume]


def test_the_pod_of_a_task_is_not_root_bounded_and_reads_the_settings_of_the_chart(pod, values):
    [container] = pod["spec"]["containers"]
    assert (pod["spec"]["securityContext"], container["securityContext"]) == tuple(
        values["securityContexts"][part] for part in ("pod", "containers")
    )
    assert container["name"] == "base", "by which Airflow finds it"
    assert container["resources"] == values["workers"]["resources"]
    known = {one["name"]: one.get("value") for one in container["env"]}
    [config] = [mount["mountPath"] for mount in container["volumeMounts"] if mount["name"] == "config"]
    assert known["AIRFLOW_CONFIG"] == config
    assert known["AIRFLOW__CORE__EXECUTOR"] == ".Values.executor"


def test_no_pod_waits_for_a_secret_of_airflow_2(values):
    assert values["enableBuiltInSecretEnvVars"] == {"AIRFLOW__WEBSERVER__SECRET_KEY": False}


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
