from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk.errors import BadInput
from copydesk.lake.publishing import append_run
from copydesk.lake.run_files import RunFiles
from copydesk.schema import RUNS
from copydesk.storage import Storage
from copydesk.views.sources import read_source_files, what_was_ingested

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
GOOD = 'name = "lbc"\nraw = "lbc/{key}/*"\nformat = "text"  # pages\n[quality]\nmin_words = 5\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sources"
    made.mkdir()
    (made / "lbc.toml").write_text(GOOD)
    return made


def test_a_file_is_shown_as_it_is_written_and_as_it_is_read(folder):
    (file,) = read_source_files(str(folder))
    assert file.text == GOOD
    assert not file.mistakes
    values = {one.key: one for one in file.values}
    assert (values["quality.min_words"].value, values["quality.min_words"].is_given) == ("5", True)
    assert (values["timezone"].value, values["timezone"].is_given) == ("UTC", False)
    assert values["on_missing"].meaning.startswith("No raw file")


def test_a_wrong_file_says_what_is_wrong_with_each_key_and_hides_no_other(folder):
    (folder / "typo.toml").write_text('name = "typo"\nraw = "typo/*"\nformat = "docx"\n')
    right, wrong = read_source_files(str(folder))
    assert right.source is not None
    assert wrong.source is None
    assert [mistake.partition(":")[0] for mistake in wrong.mistakes] == ["raw", "format"]
    assert "docx" in wrong.text
    assert not wrong.values


def test_a_file_that_is_no_text_is_shown_all_the_same(folder):
    (folder / "bytes.toml").write_bytes(b"\xff\xfename")
    wrong = read_source_files(str(folder))[0]
    assert "not valid TOML" in wrong.mistakes[0]
    assert "name" in wrong.text


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="no such folder"):
        read_source_files(str(tmp_path / "nowhere"))


def test_what_was_ingested_is_told_by_days_and_archives(tmp_path):
    lake = Storage.open(str(tmp_path / "lake"))
    for key, verdict in (("2026-11-02", "pass"), ("2026-11-03", "warn"), ("years-2010", "pass")):
        row = {"kind": "ingest", "run_id": "a", "started_at": NOON, "finished_at": NOON, "verdict": verdict}
        append_run(lake, RUNS, {"source": "lbc", "dump": key}, pa.Table.from_pylist([row], RUNS.schema), NOON)
    ingested = what_was_ingested(RunFiles(lake), "lbc")
    assert (ingested.days, ingested.archives) == (2, ("years-2010",))
    assert ingested.last is not None
    assert (ingested.last.dump, ingested.last.verdict) == ("2026-11-03", "warn")


def test_a_source_that_never_ran_has_nothing(tmp_path):
    ingested = what_was_ingested(RunFiles(Storage.open(str(tmp_path / "lake"))), "lbc")
    assert (ingested.days, ingested.last, ingested.archives) == (0, None, ())
