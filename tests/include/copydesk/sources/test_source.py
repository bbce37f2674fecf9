from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.sources import Quality, Source, SourceError, load
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
        ('published_at = "date"', "published_at: no such key; is published_at of the table [record] meant?"),
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


def test_every_key_says_what_it_is():
    for model in (Source, Arrival, RecordFields, Quality):
        undescribed = [
            name
            for name, field in model.model_fields.items()
            if not field.description and name not in ("arrival", "record", "quality")
        ]
        assert undescribed == []
