from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.errors import BadInput
from copydesk.sources import Quality, RecordFields, Source, SourceError, find, load, load_all

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
        ("format", 'format = "docx"'),
        ("timezone", 'timezone = "London"'),
        ("timezone", 'timezone = ""'),
        ("language", 'language = "English"'),
        ("on_missing", 'on_missing = "ignore"'),
        ("start", 'start = "2025-1-1"'),
        ("start", 'start = "2025-02-30"'),
        ("end", 'end = "yesterday"'),
        ("colour", 'colour = "red"'),
        ("record.content", "record.content = 1"),
        ("record.media_type", 'record.media_type = "text/rtf"'),
        ("record.body", 'record.body = "x"'),
        ("record", "record = 1"),
        ("quality.max_quarantined_share", "quality.max_quarantined_share = 20"),
        ("quality.min_words", "quality.min_words = -1"),
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
    (folder / "folder.toml").mkdir()
    sources, errors = load_all(folder)
    assert list(sources) == ["art", "lbc"]
    assert [str(error).split(": ")[0] for error in errors] == [str(folder / "bad.toml"), str(folder / "folder.toml")]


def test_a_folder_that_is_not_there_is_one_error(tmp_path):
    sources, errors = load_all(tmp_path / "gone")
    assert sources == {}
    assert "COPYDESK_SOURCES" in str(errors[0])


def test_a_source_is_found_by_name(folder):
    assert find("lbc", folder).name == "lbc"


@pytest.mark.parametrize("name", ["bbc", "../lbc", "", "LBC"])
def test_an_unknown_source_is_told_the_known_ones(folder, name):
    with pytest.raises(SourceError, match="known sources: lbc"):
        find(name, folder)


def test_source_errors_are_bad_input():
    assert issubclass(SourceError, BadInput)


def test_every_key_says_what_it_is():
    for model in (Source, RecordFields, Quality):
        undescribed = [
            name for name, field in model.model_fields.items() if not field.description and name not in ("record", "quality")
        ]
        assert undescribed == []
