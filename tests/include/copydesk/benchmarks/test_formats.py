from __future__ import annotations

import pytest

from copydesk.benchmarks.formats.__main__ import measure, page
from copydesk.benchmarks.formats.cases import CONDITIONS, DOCUMENTS, MEMBERS, PACKINGS, Case, cases, write
from copydesk.benchmarks.formats.reading import Outcome, read
from copydesk.benchmarks.formats.samples import SAMPLES
from copydesk.raw.reading import READERS

ONE_A_FILE = {"text", "html", "nitf"}


def test_every_reader_has_a_sample_and_every_case_a_name_of_its_own():
    assert set(SAMPLES) == set(READERS)
    names = [case.name for case in cases()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("format", READERS)
@pytest.mark.parametrize("packing", ["plain", "zst", "zip"])
def test_a_good_file_of_each_format_gives_every_document(tmp_path, format, packing):
    outcome = read(write(Case(format, packing, "good"), tmp_path), format)
    documents = 1 if format in ONE_A_FILE else DOCUMENTS
    assert outcome.records == documents * (MEMBERS if packing == "zip" else 1)
    assert (outcome.rejects, outcome.is_complete) == ({}, True)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_that_lost_its_end_keeps_what_came_before_and_is_partial(tmp_path, packing):
    outcome = read(write(Case("jsonl", packing, "truncated"), tmp_path), "jsonl")
    assert outcome.rejects.get("truncated") == 1
    assert not outcome.is_complete
    assert outcome.records < DOCUMENTS * MEMBERS


@pytest.mark.parametrize("format", READERS)
def test_damage_in_the_middle_raises_nothing(tmp_path, format):
    read(write(Case(format, "plain", "corrupt"), tmp_path), format)
    assert read(write(Case(format, "gz", "corrupt"), tmp_path), format).rejects


def test_a_bomb_is_stopped_in_little_memory():
    case = Case("jsonl", "gz", "bomb")
    outcome = measure([case], start="spawn")[case]
    assert outcome.records == DOCUMENTS
    assert outcome.rejects == {"too_large": 1}
    assert outcome.peak_mb < 100


def test_the_page_has_a_table_a_format_and_says_what_took_most():
    found = {
        Case("csv", "gz", "good"): Outcome(20, {}, True, 1.2, 0.1),
        Case("csv", "gz", "bomb"): Outcome(7, {"too_large": 1, "truncated": 2}, False, 31.4, 0.1),
        Case("warc", "plain", "empty"): Outcome(0, {}, True, 0.4, 0.1),
    }
    lines = page(found).splitlines()
    assert "The most memory was taken by csv, gz, bomb: 31 MB." in lines
    assert f"|  | {' | '.join(CONDITIONS)} |" in lines
    assert "| gz | 20; 1 MB |  |  |  | 7, too_large 1, truncated 2, *partial*; 31 MB |" in lines
    assert [line for line in lines if line.startswith("## ")] == ["## csv", "## warc", "## Exports of news databases"]
