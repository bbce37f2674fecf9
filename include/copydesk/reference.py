"""The reference pages of `docs/`, written from the code they describe: `python -m copydesk.reference [--check]`."""

from __future__ import annotations

import argparse
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Any

import annotated_types
import pyarrow as pa
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from copydesk.expectations import Wish
from copydesk.quality.expected import PAIR
from copydesk.quality.figures import FIGURES, Side
from copydesk.quality.suite import ROW_COLUMNS, expected_of_rows, expected_of_runs
from copydesk.raw import manifest
from copydesk.raw.archives import tar
from copydesk.raw.compression import codecs, resuming
from copydesk.raw.xml import tree
from copydesk.records import MEANINGS, Reason
from copydesk.schema import DATASETS, Column, Dataset, Rule
from copydesk.settings import MEBIBYTE, PREFIX, Settings
from copydesk.sources import Source

NOTICE = "<!-- Written by `python -m copydesk.reference`; change the code it describes, then run that. -->"

SIMPLE_TYPES = {
    pa.string(): "text",
    pa.bool_(): "true or false",
    pa.int32(): "whole number",
    pa.int64(): "whole number",
    pa.uint32(): "whole number",
    pa.float32(): "number",
    pa.float64(): "number",
    pa.date32(): "date",
}


EXAMPLE = Source(name="example", raw="example/{key}/*", format="text", language="en")
SIDES = {Side.HIGH: "higher", Side.LOW: "lower", Side.BOTH: "higher or lower"}
QUALITY_INTRO = """One suite for rows, checked shard by shard, and one for the figures of a run, checked when all shards are done. Great
Expectations evaluates both. A row that fails a *critical* expectation goes to `quarantine` under the expectation's name; a run that fails
one is *held*: readers do not see it until a person releases it (`copydesk release`) or does away with it (`copydesk reject`). A *warning* is
published, counted, and stands in `runs`."""
USUAL_INTRO = """Each figure of a run is held against the last good runs of the same source (`quality.history_runs` of them, other days
only; nothing is judged before there are `quality.min_history_runs`). *Usual* is what lies between their 5 % and 95 % quantiles. A value may
lie outside by that width, or by a least width where the source is steadier than news ever is for long: a factor of 2.5 for amounts, .12 for
shares, three records more or less (which matters on small days), .08 for the confidence, five days for the age; somewhat more while the runs are
few. Good runs are those that passed, with or without warnings, and those a person released, whose values are within the limits from
then on. Archives have no day and are not held against days; nor are means of fewer than five articles."""
WISHES_INTRO = """By name, under `[quality.expect]`. A severity may stand alone. A name that is not in the tables above adds an
expectation of a column, a measure or a figure (`not_null`, `null`, `unique`, `between`, `length`, `in_set`, `match_regex`), critical unless it
says otherwise. What is expected of the key, `article_id`, stands. `copydesk sources check` says what cannot be granted.

```toml
[quality.expect]
"between:word_count" = { min = 50 }                  # stricter
"length:standfirst" = "off"
"between:rail_like_share" = "critical"               # a row that looks like a rail goes to quarantine
"in_set:section" = { values = ["News", "Sport"], severity = "warning" }
"not_null:url" = "critical"
"usual:records_seen" = { tolerance = 3 }             # its volume comes and goes
"usual:no_agency" = "critical"                       # without the agency's name the day is of no use
"between:median_words" = { min = 100 }               # a fixed limit for a figure
```"""

FIXED_LIMITS = [
    (tree.MAX_DEPTH, "elements in one another, in an item of XML"),
    (tree.MAX_ELEMENTS, "elements in an item of XML"),
    (tree.MAX_NAMESPACES, "namespaces that hold for an element of XML"),
    (tar.MAX_HEADER_BYTES, "bytes of long names and extended headers before a member of a tar"),
    (codecs.MAX_WINDOW_BYTES, "bytes that a decoder must remember, which `xz -9` and `zstd --ultra -22` do not pass"),
    (resuming.MAX_TRIES, "places in a damaged compressed file that are tried for a member to go on with"),
    (manifest.MAX_BYTES, "bytes of a manifest"),
]


class Undescribed(ValueError):
    """Something the pages must tell has no words yet; the message says what and where to add them."""


def data_dictionary() -> str:
    """The page on every dataset: what a row is, where it lies, and each column's type, meaning and rules."""
    intro = (
        "Every dataset lies in a folder of its own name under `COPYDESK_LAKE`. Partition columns stand in the paths, the others "
        "in the Parquet files.\n\nA row that breaks a *critical* rule goes to `quarantine`; a *warning* is published and counted."
    )
    return "\n\n".join(["# Data dictionary", NOTICE, intro, *map(_dataset, DATASETS.values()), _reasons()]) + "\n"


def _reasons() -> str:
    missing = [reason for reason in Reason if reason not in MEANINGS]
    if missing:
        raise Undescribed(f"the reason {missing[0]} has no words; add them to MEANINGS in copydesk/records.py")
    intro = "What stands in `quarantine.reasons` beside failed expectations, and in the counts of `runs`."
    return "\n\n".join(
        ["## Reasons", intro, _table(("reason", "meaning"), [(f"`{name}`", text) for name, text in MEANINGS.items()])]
    )


def settings_page() -> str:
    """The page on the environment variables and on the keys of a source file."""
    variables = [
        (f"`{PREFIX}{name.upper()}`", _default(field), _meaning(name, field)) for name, field in Settings.model_fields.items()
    ]
    keys = [(f"`{name}`", _in_words(field), _default(field), _meaning(name, field)) for name, field in _keys(Source)]
    parts = [
        "# Settings",
        NOTICE,
        "## Environment",
        _table(("variable", "default", "meaning"), variables),
        "Some limits are no settings, for no honest file comes near them:",
        _table(("at most", "of what"), [(f"{number:,}", what) for number, what in FIXED_LIMITS]),
        "## Source files",
        "One TOML file a source, in the folder `COPYDESK_SOURCES`, named `<name>.toml`. A key with a dot stands in a table: "
        "`quality.min_words` is `min_words` under `[quality]`.",
        _table(("key", "type", "default", "meaning"), keys),
    ]
    return "\n\n".join(parts) + "\n"


def quality_page() -> str:
    """The page on what must hold of rows and runs, in words, under the names that source files know it by."""
    expected = [*expected_of_rows(EXAMPLE, None), *expected_of_runs(EXAMPLE)]
    described = {column.name: column.description for column in ROW_COLUMNS} | {one.name: one.description for one in FIGURES}
    rows = [(f"`{one.name}`", rule_in_words(one.rule), described.get(one.column, one.column)) for one in expected]
    cut = len(expected_of_rows(EXAMPLE, None))
    learned = [(f"`usual:{one.name}`", SIDES[one.side], str(one.severity), one.description) for one in FIGURES]
    wishes = [(f"`{name}`", _in_words(field), _meaning(name, field)) for name, field in Wish.model_fields.items()]
    parts = [
        "# Quality",
        NOTICE,
        QUALITY_INTRO,
        "## Rows",
        _table(("expectation", "what must hold", "of"), rows[:cut]),
        "`between:published_at` and `between:modified_at` end two days after the day of the dump; `in_set:language` stands only "
        "where the source names its language.",
        "## Runs",
        _table(("expectation", "what must hold", "of"), rows[cut:]),
        "## What is usual",
        USUAL_INTRO,
        _table(("expectation", "fails where it is", "severity", "figure"), learned),
        "## What a source may change",
        WISHES_INTRO,
        _table(("key", "type", "meaning"), wishes),
    ]
    return "\n\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "data_dictionary.md": data_dictionary,
    "settings.md": settings_page,
    "quality.md": quality_page,
}


def main(arguments: list[str] | None = None, folder: Path = Path("docs")) -> int:
    """Write the pages into `folder`, or with `--check` say what differs and return 1."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.reference", description="Write the reference pages of docs/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 with a diff where a page is out of date")
    if parser.parse_args(arguments).check:
        return _check(folder)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")
    return 0


def _check(folder: Path) -> int:
    """1 with a diff on standard error where a page is not what the code says."""
    stale = 0
    for name, page in PAGES.items():
        path = folder / name
        found = path.read_text("utf-8") if path.exists() else ""
        diff = list(unified_diff(found.splitlines(), page().splitlines(), str(path), "as the code has it", lineterm="", n=1))
        if diff:
            stale = 1
            sys.stderr.write("\n".join([*diff, f"{path} is out of date; run `python -m copydesk.reference`", ""]))
    return stale


def _dataset(dataset: Dataset) -> str:
    facts = [f"- Partition: `{'/'.join(f'{column.name}=…' for column in dataset.partition)}`"]
    if dataset.sort:
        facts.append(f"- Sorted by: `{dataset.sort}`")
    if dataset.key:
        facts.append(f"- Key: {', '.join(f'`{name}`' for name in dataset.key)}")
    if dataset.appends:
        facts.append("- Each run, or each judgement, adds a file; none replaces another.")
    rows = [_column(dataset, column, "partition") for column in dataset.partition]
    rows += [_column(dataset, column, "") for column in dataset.columns]
    row = f"One row is {dataset.row}. Written by {dataset.written_by}."
    table = _table(("column", "type", "meaning", "rules"), rows)
    return "\n\n".join([f"## {dataset.name}", row, "\n".join(facts), table])


def _column(dataset: Dataset, column: Column, note: str) -> tuple[str, str, str, str]:
    if not column.description:
        raise Undescribed(f"{dataset.name}.{column.name} has no description; add one in copydesk/schema.py")
    rules = "; ".join(rule_in_words(rule) for rule in column.rules)
    kind = ", ".join(filter(None, [type_in_words(column.type), note]))
    return f"`{column.name}`", kind, column.description, rules


def type_in_words(kind: pa.DataType) -> str:
    """An Arrow type as an analyst would say it."""
    if pa.types.is_list(kind):
        return f"list of {type_in_words(kind.value_type)}"
    if pa.types.is_struct(kind):
        return f"record of {', '.join(f'`{field.name}` ({type_in_words(field.type)})' for field in kind)}"
    if pa.types.is_dictionary(kind):
        return f"{type_in_words(kind.value_type)} (dictionary)"
    if pa.types.is_timestamp(kind) and kind.tz:
        return f"time in {kind.tz}"
    if kind not in SIMPLE_TYPES:
        raise Undescribed(f"Arrow type {kind} has no words; add them to SIMPLE_TYPES in {__name__}")
    return SIMPLE_TYPES[kind]


def rule_in_words(rule: Rule) -> str:
    """What must hold of a column's values, and how grave it is if it does not."""
    if rule.expectation not in WORDS:
        raise Undescribed(f"{rule.expectation} has no words; add them to WORDS in {__name__}")
    return f"{WORDS[rule.expectation](rule.arguments)} ({rule.severity})"


def _limits(arguments: Mapping[str, Any]) -> str:
    low, high = arguments["min_value"], arguments["max_value"]
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return f"from {low} to {high}"


WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "ExpectColumnValuesToNotBeNull": lambda _: "never null",
    "ExpectColumnValuesToBeNull": lambda _: "always null",
    "ExpectColumnValueLengthsToBeBetween": lambda arguments: f"{_limits(arguments)} characters",
    PAIR: lambda arguments: f"not less than `{arguments['column_B']}`",
    "ExpectColumnValuesToBeUnique": lambda _: "unique in a partition",
    "ExpectColumnValuesToBeBetween": _limits,
    "ExpectColumnValuesToBeInSet": lambda arguments: "one of " + ", ".join(f"`{value}`" for value in arguments["value_set"]),
    "ExpectColumnValuesToMatchRegex": lambda arguments: f"matches `{arguments['regex']}`",
}


def _keys(model: type[BaseModel], table: str = "") -> Iterable[tuple[str, FieldInfo]]:
    """The keys of a source file, those of its tables with the table's name before a dot."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys(field.annotation, f"{table}{name}.")
        else:
            yield f"{table}{name}", field


def _meaning(name: str, field: FieldInfo) -> str:
    if not field.description:
        raise Undescribed(f"{name} has no description; add one where the field is declared")
    return field.description


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    if isinstance(field.default, int) and field.default >= MEBIBYTE:
        return f"`{field.default}` ({field.default // MEBIBYTE} MiB)"
    return "none" if field.default in (None, {}) else f"`{field.default}`"


def _in_words(field: FieldInfo) -> str:
    """The values a key takes, with its limits."""
    limits = []
    for mark in field.metadata:
        if isinstance(mark, annotated_types.Ge):
            limits.append(f"at least {mark.ge}")
        elif isinstance(mark, annotated_types.Le):
            limits.append(f"at most {mark.le}")
    return ", ".join([_python_type(field.annotation), *limits])


def _python_type(kind: Any) -> str:
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", tuple[str, ...]: "list of texts"}
    if typing.get_origin(kind) is typing.Literal:
        return " or ".join(f'`"{value}"`' for value in typing.get_args(kind))
    if typing.get_origin(kind) is dict:
        return "table"
    if typing.get_origin(kind) is typing.Annotated:
        return _python_type(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return " or ".join(_python_type(part) for part in typing.get_args(kind) if part is not types.NoneType)
    if kind not in plain:
        raise Undescribed(f"type {kind} of a source file's key has no words; add them in {__name__}")
    return plain[kind]


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """One line, with the sign that ends a cell escaped."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
