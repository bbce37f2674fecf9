from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from copydesk.raw.cutting.pieces import Cutter, Piece
from copydesk.raw.inputs import InputFile, list_inputs
from copydesk.raw.reading import read_file
from copydesk.records import Reject
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage

MAX_RECORD_BYTES = 3000


class Cut:
    """One raw file and its pieces."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.storage = Storage.open(str(root))
        self.settings = Settings(raw=str(root), lake=str(root), sources=str(root), max_record_bytes=MAX_RECORD_BYTES)

    def into(self, content: bytes, count: int, format: str, **record: Any) -> tuple[list[Any], list[list[Any]]]:
        """What reading the whole gives, and what reading each piece gives."""
        (self.root / "day").mkdir(exist_ok=True)
        (self.root / "day" / "file").write_bytes(content)
        source = Source.model_validate({"name": "desk", "raw": "{key}/*", "format": format, "record": record})
        (file,) = list_inputs(self.storage, source, "day")
        size = max(1, file.size // count)
        pieces = [piece.file for piece in Cutter(self.storage, source, MAX_RECORD_BYTES).cut(Piece(file, file.size), size)]
        assert_whole(file, pieces)
        return self.items(file, source), [self.items(piece, source) for piece in pieces]

    def items(self, file: InputFile, source: Source) -> list[Any]:
        """Records and rejects but for their numbers and those of their lines, which begin anew with each piece."""
        return [unnumbered(item) for item in read_file(self.storage, file, source, self.settings)]


def unnumbered(item: Any) -> Any:
    item = replace(item, origin=replace(item.origin, ordinal=0))
    return replace(item, detail=re.sub(r" \(line \d+\)", "", item.detail)) if isinstance(item, Reject) else item


def assert_whole(file: InputFile, pieces: list[InputFile]) -> None:
    """The pieces cover the file, one behind the other."""
    if len(pieces) == 1:
        assert pieces == [file]
        return
    assert pieces[0].start == 0
    assert all(one.stop == other.start for one, other in pairwise(pieces))
    assert all(piece.file_size == file.size for piece in pieces)


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Cut:
    return Cut(tmp_path_factory.mktemp("raw"))
