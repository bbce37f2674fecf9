from __future__ import annotations

import pytest

MISTAKES = {
    "an unknown key": ('colour = "red"', "colour: no such key"),
    "an unknown format": ('format = "pdf"', "format: "),
    "an unknown zone": ('timezone = "Europe/Lodnon"', "timezone: 'Europe/Lodnon' is not an IANA time zone"),
    "a day that is none": ('start = "2026-02-30"', "start: day is out of range"),
    "a share above one": ("[quality]\nmax_quarantined_share = 2", "quality.max_quarantined_share: "),
    "no TOML": ("= =", "not valid TOML"),
}


@pytest.mark.parametrize(("text", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_source_file_is_one_import_error_and_hides_no_other(text, message, read_dags, write_source):
    folder = write_source("good")
    wrong = folder / "wrong.toml"
    wrong.write_text(f'name = "wrong"\nraw = "wrong/{{key}}/*"\n{text}\n')
    found = read_dags(folder)
    assert set(found.dags) == {"ingest_good", "ingest_archive", "curate", "housekeeping"}
    [error] = found.errors.values()
    assert f"{wrong}: " in error
    assert message in error


def test_all_wrong_files_stand_in_the_one_error(read_dags, write_source):
    folder = write_source("good")
    for name in ("first", "second"):
        (folder / f"{name}.toml").write_text(f'name = "{name}"\n')
    [error] = read_dags(folder).errors.values()
    assert "first.toml: raw: missing" in error
    assert "second.toml: format: missing" in error


def test_a_folder_that_is_not_set_says_which_variable_to_set(read_dags):
    found = read_dags(None)
    [error] = found.errors.values()
    assert "COPYDESK_SOURCES is not set" in error
    assert set(found.dags) == {"curate", "housekeeping"}


@pytest.mark.parametrize("value", ["many", "0", "-1"])
def test_a_wrong_number_of_shards_at_once_is_one_import_error_and_hides_no_dag(value, read_dags, write_source):
    found = read_dags(write_source("good"), COPYDESK_SHARDS_AT_ONCE=value)
    [error] = found.errors.values()
    assert f"COPYDESK_SHARDS_AT_ONCE = '{value}': " in error
    assert found.dags["ingest_good"]["shards_at_once"] == [16]


def test_as_many_shards_are_at_work_at_once_as_are_set(read_dags, write_source):
    found = read_dags(write_source("good"), COPYDESK_SHARDS_AT_ONCE="3")
    assert (found.errors, found.dags["ingest_good"]["shards_at_once"]) == ({}, [3])


def test_a_folder_that_is_not_there_is_named(read_dags, tmp_path):
    [error] = read_dags(tmp_path / "nowhere").errors.values()
    assert f"{tmp_path / 'nowhere'}: no such folder" in error
