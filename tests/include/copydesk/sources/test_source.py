from __future__ import annotations

import os
from pathlib import Path

import pytest

from copydesk.errors import BadInput
from copydesk.sources import Quality, Source, SourceError, find, load, load_all
from copydesk.sources.arrival import Arrival
from copydesk.sources.record import RecordFields

MINIMAL = 'name = "lbc"\nraw = "lbc/{key}/*.txt*"\nformat = "text"\n'
FULL = (
    MINIMAL.replace('"text"', '"jsonl"')
    + """
timezone = "Europe/London"
language = "en"
on_missing = "wait"
start = "2025-01-31"
[record]
content = "html"
media_type = "text/plain"
[quality]
max_quarantined_share = 0.5
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lbc.toml").write_text(MINIMAL)
    return tmp_path


def mistakes(folder: Path, toml: str) -> list[str]:
    """What is said of `toml` as lbc.toml, without the path every line must begin with."""
    path = folder / "lbc.toml"
    path.write_text(toml)
    with pytest.raises(SourceError) as caught:
        load(path)
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_a_source_needs_a_name_a_place_and_a_format(folder):
    source = load(folder / "lbc.toml")
    assert source == Source(name="lbc", raw="lbc/{key}/*.txt*", format="text")
    assert (source.timezone, source.language, source.on_missing) == ("UTC", None, "fail")


def test_every_key_may_be_set(folder):
    (folder / "lbc.toml").write_text(FULL)
    source = load(folder / "lbc.toml")
    assert (source.timezone, source.language, source.on_missing, source.start) == ("Europe/London", "en", "wait", "2025-01-31")
    assert source.record == RecordFields(content="html", media_type="text/plain")
    assert source.quality == Quality(max_quarantined_share=0.5)


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("name", 'name = "Lbc"'),
        ("name", "name = 5"),
        ("raw", 'raw = "lbc/*.txt"'),
        ("raw", 'raw = "/data/{key}/*.txt"'),
        ("raw", 'raw = "s3://news/{key}/*.txt"'),
        ("raw", 'raw = "../{key}/*.txt"'),
        ("raw", 'raw = ""'),
        ("raw", r'raw = "lbc/{key}/\u0000*.txt"'),
        ("raw", r'raw = "lbc/{key}/\n*.txt"'),
        ("raw", 'raw = "lbc/{key}/{name}.txt"'),
        ("raw", 'raw = "lbc/{key}/{}.txt"'),
        ("format", 'format = "docx"'),
        ("timezone", 'timezone = "London"'),
        ("timezone", 'timezone = ""'),
        ("language", 'language = "English"'),
        ("on_missing", 'on_missing = "ignore"'),
        ("start", 'start = "2025-1-1"'),
        ("start", 'start = "2025-02-30"'),
        ("start", "start = 2025-01-31T10:00:00"),
        ("end", 'end = "yesterday"'),
        ("end", 'end = "2023-12-31"'),
        ("colour", 'colour = "red"'),
        ("record.content", "record.content = 1"),
        ("record.content", 'record.content = ""'),
        ("record.media_type", 'record.media_type = "text/rtf"'),
        ("record.body", 'record.body = "x"'),
        ("record", "record = 1"),
        ("quality.max_quarantined_share", "quality.max_quarantined_share = 20"),
        ("quality.max_quarantined_share", 'quality.max_quarantined_share = "0.2"'),
        ("quality.max_quarantined_share", "quality.max_quarantined_share = true"),
        ("quality.min_words", "quality.min_words = -1"),
        ("quality.min_words", "quality.min_words = true"),
        ("quality.min_words", "quality.min_words = 20.0"),
        ("quality.min_words", "quality.min_words = 99999999999999999999999"),
    ],
)
def test_a_wrong_key_is_one_line_that_names_it(folder, key, line):
    rest = "\n".join(kept for kept in MINIMAL.splitlines() if not line.startswith(kept.split(" = ")[0] + " ="))
    (mistake,) = mistakes(folder, f"{rest}\n{line}\n")
    assert mistake.startswith(f"{key}: ")


def test_a_message_says_what_was_found_and_what_to_put_there(folder):
    (mistake,) = mistakes(folder, MINIMAL + 'timezone = "London"\n')
    assert mistake == "timezone: 'London' is not an IANA time zone, such as 'Europe/London' (found 'London')"
    (mistake,) = mistakes(folder, MINIMAL.replace("{key}", "*"))
    assert mistake.startswith("raw: must contain {key}")


def test_every_mistake_of_a_file_is_told_at_once(folder):
    lines = mistakes(folder, 'format = "docx"\ncolour = "red"\n')
    assert [line.split(":")[0] for line in lines] == ["name", "raw", "format", "colour"]
    assert "name: missing" in lines
    assert "colour: no such key" in lines


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('langauge = "en"', "langauge: no such key; is language meant?"),
        ("quality.minwords = 3", "quality.minwords: no such key; is min_words meant?"),
        ("arrival.x = 1", "arrival.x: no such key"),
    ],
)
def test_a_key_that_is_nearly_right_is_told_the_right_one(folder, line, told):
    assert mistakes(folder, f"{MINIMAL}{line}\n") == [told]


def test_a_whole_number_is_a_share_too(folder):
    (folder / "lbc.toml").write_text(MINIMAL + "quality.max_quarantined_share = 1\n")
    assert load(folder / "lbc.toml").quality.max_quarantined_share == 1.0


def test_a_day_may_be_written_as_a_toml_date(folder):
    (folder / "lbc.toml").write_text(MINIMAL + "start = 2026-11-01\nend = 2026-11-01\n")
    source = load(folder / "lbc.toml")
    assert (source.start, source.end) == ("2026-11-01", "2026-11-01")


def test_a_byte_order_mark_is_no_mistake(folder):
    (folder / "lbc.toml").write_text(MINIMAL, "utf-8-sig")
    assert load(folder / "lbc.toml").name == "lbc"


def test_a_file_is_named_as_its_source(folder):
    (mistake,) = mistakes(folder, MINIMAL.replace('"lbc"', '"bbc"'))
    assert mistake == "name: is 'bbc', but the file is named 'lbc'; make them the same"


@pytest.mark.parametrize("content", [b"name =", b"\xff\xfe", b'name = "lbc"\nname = "lbc"'])
def test_a_file_that_is_no_toml_is_named(folder, content):
    path = folder / "lbc.toml"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"lbc\.toml: not valid TOML: "):
        load(path)


@pytest.mark.parametrize("name", ["gone.toml", "folder.toml"])
def test_a_file_that_is_not_there_is_named(folder, name):
    (folder / "folder.toml").mkdir()
    with pytest.raises(SourceError, match=rf"{name}: "):
        load(folder / name)


def test_a_wrong_file_hides_no_other(folder):
    (folder / "bad.toml").write_text("name = 1")
    (folder / "art.toml").write_text(MINIMAL.replace('"lbc"', '"art"'))
    (folder / "deep.toml").write_text('name = "deep"\nx = ' + "[" * 100_000)
    (folder / "folder.toml").mkdir()
    (folder / "gone.toml").symlink_to("nowhere.toml")
    (folder / "up.TOML").write_text(MINIMAL.replace('"lbc"', '"up"'))
    sources, errors = load_all(folder)
    assert list(sources) == ["art", "lbc"]
    assert [str(error).replace(f"{folder}/", "").split(";")[0] for error in errors] == [
        "bad.toml: name: Input should be a valid string (found 1)\nbad.toml: raw: missing\nbad.toml: format: missing",
        "deep.toml: its values are nested too deeply",
        "folder.toml: cannot be read: Is a directory",
        "gone.toml: a link to nowhere.toml, which is not there",
        "up.TOML: the name of a source file ends with .toml",
    ]


def test_a_folder_that_is_not_there_is_one_error(tmp_path):
    sources, errors = load_all(tmp_path / "gone")
    assert sources == {}
    assert "COPYDESK_SOURCES" in str(errors[0])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_said_to_be_closed(folder):
    folder.chmod(0)
    try:
        sources, errors = load_all(folder)
        with pytest.raises(SourceError, match="cannot be read: Permission denied"):
            find("lbc", folder)
    finally:
        folder.chmod(0o755)
    assert sources == {}
    assert "cannot be read: Permission denied; grant read access" in str(errors[0])


def test_a_source_is_found_by_name(folder):
    assert find("lbc", folder).name == "lbc"


@pytest.mark.parametrize("name", ["bbc", "../lbc", "", "LBC"])
def test_an_unknown_source_is_told_the_known_ones(folder, name):
    with pytest.raises(SourceError, match="known sources: lbc"):
        find(name, folder)


def test_source_errors_are_bad_input():
    assert issubclass(SourceError, BadInput)


def test_every_key_says_what_it_is():
    for model in (Source, Arrival, RecordFields, Quality):
        undescribed = [
            name
            for name, field in model.model_fields.items()
            if not field.description and name not in ("arrival", "record", "quality")
        ]
        assert undescribed == []
