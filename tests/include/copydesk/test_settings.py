from __future__ import annotations

import pytest

from copydesk.errors import BadInput
from copydesk.settings import Settings, SettingsError, shards_at_once

ROOTS = {"COPYDESK_RAW": "/data/raw", "COPYDESK_LAKE": "s3://news/lake", "COPYDESK_SOURCES": "sources"}


def message(env: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env)
    return str(caught.value).splitlines()


def test_settings_come_from_the_environment():
    settings = Settings.from_env({**ROOTS, "COPYDESK_SHARD_BYTES": "1000", "PATH": "/bin"})
    assert (settings.raw, settings.lake, settings.sources) == ("/data/raw", "s3://news/lake", "sources")
    assert (settings.shard_bytes, settings.max_shards) == (1000, 200)


def test_the_process_environment_is_the_default(monkeypatch):
    for name, value in ROOTS.items():
        monkeypatch.setenv(name, value)
    assert Settings.from_env().raw == "/data/raw"


def test_each_setting_that_is_missing_gets_a_line_with_its_variable():
    lines = message({"COPYDESK_LAKE": "lake"})
    assert [line.split(" is not set. ")[0] for line in lines] == ["COPYDESK_RAW", "COPYDESK_SOURCES"]
    assert "Root of the raw dumps" in lines[0]


def test_an_empty_variable_is_one_that_is_not_set():
    assert message({**ROOTS, "COPYDESK_RAW": ""}) == message({k: v for k, v in ROOTS.items() if k != "COPYDESK_RAW"})
    assert Settings.from_env({**ROOTS, "COPYDESK_MAX_SHARDS": ""}).max_shards == 200


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5", "64MB"])
def test_a_wrong_number_is_named_with_what_was_found(value):
    (line,) = message({**ROOTS, "COPYDESK_MAX_SHARDS": value})
    assert line.startswith(f"COPYDESK_MAX_SHARDS = {value!r}: ")
    assert line.endswith(Settings.model_fields["max_shards"].description)


@pytest.mark.parametrize("name", [name for name, field in Settings.model_fields.items() if isinstance(field.default, int)])
def test_a_number_no_machine_can_hold_is_told_the_limit(name):
    (line,) = message({**ROOTS, f"COPYDESK_{name.upper()}": "99999999999999999999"})
    assert line.startswith(f"COPYDESK_{name.upper()} = '99999999999999999999': Input should be less than or equal to 1")


def test_shards_at_once_are_told_without_any_root():
    assert (shards_at_once({}), shards_at_once({"COPYDESK_SHARDS_AT_ONCE": "40"})) == (16, 40)


@pytest.mark.parametrize("value", ["many", "0", "-1"])
def test_a_wrong_number_of_shards_at_once_is_refused_as_any_other_setting(value):
    with pytest.raises(SettingsError, match=rf"^COPYDESK_SHARDS_AT_ONCE = '{value}': Input should be"):
        shards_at_once({"COPYDESK_SHARDS_AT_ONCE": value, "COPYDESK_MAX_SHARDS": "none of its business"})


def test_wrong_settings_are_bad_input():
    assert issubclass(SettingsError, BadInput)


def test_every_setting_says_what_it_is():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
