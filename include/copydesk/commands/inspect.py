"""`copydesk inspect`: one record, block by block, with what the labeller made of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from rich.text import Text

from copydesk.commands.calls import WrongCall
from copydesk.commands.terminal import printable, remark, say
from copydesk.records import Record, Reject

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
MARGIN = 29  # columns before a block's text: where its reasons begin too


def inspect(place: str) -> int:
    """Show the record at `PATH[#ordinal]`: each block with its label, probability, reasons, and whether it was kept."""
    found = _record(*_path_and_ordinal(place))
    if isinstance(found, Reject):
        remark(f"{place}: rejected on reading: {found.reason}: {found.detail}")
        return 1
    from copydesk.extraction import explain

    blocks = explain(_described(found)).to_pylist()
    say(f"{place}: {len(blocks)} blocks, {sum(block['kept'] for block in blocks)} kept")
    say(_legend(blocks))
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


def _record(path: str, ordinal: int) -> Record | Reject:
    from copydesk.raw.reading import read_path

    if not Path(path).is_file():
        raise WrongCall(f"{path}: no such file")
    count = 0
    for found in read_path(path):
        if found.origin.ordinal == ordinal:
            return found
        count += 1
    raise WrongCall(f"{path}: has no record {ordinal}, only {count}, counted from 0")


def _described(record: Record) -> dict[str, Any]:
    return {
        "id": record.id or str(record.origin.ordinal),
        "content": record.content,
        "media_type": record.media_type,
        "url": record.url,
        "crawl_date": record.crawl_date,
    }


def _legend(blocks: list[dict[str, Any]]) -> Text:
    """How many blocks have each label, in its colour."""
    counts = Counter(block["label"] for block in blocks)
    parts = (Text(f"{label} {counts[label]}", COLOURS[label]) for label in COLOURS if counts[label])
    return Text("  ").join(parts)


def _show(block: dict[str, Any]) -> None:
    fate = "kept" if block["kept"] else "cut "
    line = Text(f"{block['ordinal']:>4}  ", "dim")
    line.append(f"{block['label']:<11} {block['probability']:.2f}  {fate} ", COLOURS[block["label"]])
    line.append(printable(block["text"]), COLOURS[block["label"]] if block["kept"] else f"dim {COLOURS[block['label']]}")
    say(line)
    if block["reasons"]:
        say(Text(" " * MARGIN + "; ".join(block["reasons"]), "dim"))
