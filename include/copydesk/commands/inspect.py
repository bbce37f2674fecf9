"""`copydesk inspect`: one record, block by block, with what the labeller made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rich.text import Text

from copydesk.commands.environment import WrongCall, local, reading_settings
from copydesk.commands.sources import named_source
from copydesk.commands.terminal import printable, remark, say
from copydesk.favor import BALANCE, Favor
from copydesk.label_names import FIELDS
from copydesk.records import Record, Reject
from copydesk.sources import Source

COLOURS = {
    "title": "bold green",
    "standfirst": "green",
    "date": "cyan",
    "byline": "bright_cyan",
    "caption": "magenta",
    "heading": "bold blue",
    "body": "default",
    "quote": "italic",
    "list": "blue",
    "table": "bright_blue",
    "rail": "yellow",
    "promo": "bright_yellow",
    "boilerplate": "red",
}
MARGIN = 30  # columns before a block's text: where its reasons begin too


def inspect(place: str, source_name: str | None = None, favor: Favor | None = None) -> int:
    """Show the record at `PATH[#ordinal]`: each block with its label, probability, reasons, and whether it was kept."""
    path, ordinal = _path_and_ordinal(place)
    source = named_source(source_name) if source_name else None
    found = _record(local(path), ordinal, source)
    if isinstance(found, Reject):
        remark(f"{place}: rejected on reading: {found.reason}: {found.detail}")
        return 1
    from copydesk.blocks.segment import segment
    from copydesk.extraction import explain_part

    part = segment([found], reading_settings().max_html_depth)
    for reject in part.rejects.values():
        remark(f"{place}: rejected: {reject.reason}: {reject.detail}")
        return 1
    blocks = explain_part(part, favor or (source.favor if source else BALANCE)).to_pylist()
    say(f"{place}: {len(blocks)} blocks (kept: in the body; field: in a column of its own; cut: in neither)")
    say(_legend(blocks))
    for line in _ruled(part.documents.to_pylist()[0]):
        say(line)
    for block in blocks:
        _show(block)
    return 0


def _path_and_ordinal(place: str) -> tuple[str, int]:
    """A file may have `#` in its name, so what exists is a path whole."""
    path, mark, ordinal = place.rpartition("#")
    if not mark or Path(place).exists():
        return place, 0
    if not ordinal.isdecimal():
        raise WrongCall(f"{place}: {ordinal!r} is no ordinal; give the number of the record in its file, from 0, as PATH#3")
    return path, int(ordinal)


def _record(path: Path, ordinal: int, source: Source | None) -> Record | Reject:
    from copydesk.raw.reading import DEFAULT_FIELDS, read_path

    if not path.is_file():
        raise WrongCall(f"{path}: no such file")
    format_, fields = (source.format, source.record) if source else (None, DEFAULT_FIELDS)
    last = -1
    for found in read_path(path, format_, reading_settings(), fields):
        last = found.origin.ordinal
        if last == ordinal:
            return found
    raise WrongCall(f"{path}: has no record {ordinal}; the last is {last}" if last >= 0 else f"{path}: has no record")


def _ruled(document: dict[str, Any]) -> list[str]:
    """What a rule of the site says of the page, a line a field."""
    from copydesk.sites.verdict import RULED

    told = [claim for claim in document["claims"] if claim["field"].startswith(RULED)]
    return [printable(f"rule {c['clue']}: {c['field'].removeprefix(RULED)} = {c['value']}") for c in told]


def _legend(blocks: list[dict[str, Any]]) -> Text:
    """How many blocks have each label, in its colour."""
    counts = Counter(block["label"] for block in blocks)
    parts = (Text(f"{label} {counts[label]}", COLOURS[label]) for label in COLOURS if counts[label])
    return Text("  ").join(parts)


def _show(block: dict[str, Any]) -> None:
    colour, fate = COLOURS[block["label"]], _fate(block)
    line = Text().append(f"{block['ordinal']:>4}  ", "dim")
    line.append(f"{block['label']:<11} {block['probability']:.2f}  {fate:<5} ", colour)
    line.append(printable(block["text"]), f"dim {colour}" if fate == "cut" else colour)
    say(line)
    if block["reasons"]:
        say(Text(" " * MARGIN + "; ".join(block["reasons"]), "dim"))


def _fate(block: dict[str, Any]) -> str:
    if block["kept"]:
        return "kept"
    return "field" if block["label"] in FIELDS else "cut"
