"""Lines that begin with a label → which field it is of, and its value."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

TEXT, UNREAD = "text", "unread"  # where the article begins; what no column takes
CODES, DASHED, PERCENT = "codes", "dashed", "percent"  # tables of codes in the place of labels
FURNITURE = "furniture"  # the table of other lines
OTHERS = frozenset({CODES, DASHED, PERCENT, FURNITURE})
MAX_LABEL_CHARS, MAX_LABEL_WORDS = 40, 5
MAX_LEADER_CHARS = 80  # of the dots between a label and its colon
DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # marks that Arabic and Hebrew lines may begin with
SHAPES = "■□◆◇●○▲△▼▽★☆"  # before the labels of Japanese and Chinese exports
# `**Title:** …`, `Title . . . : …`, `TITLE=…`; a label begins with a letter, so a clock is not one.
LABELLED = re.compile(
    rf"[\s*_#>•|{DIRECTION}{SHAPES}-]*(?P<label>[^\W\d_][^:：=\t\n]{{0,{MAX_LABEL_CHARS}}}?)[\s.*_]{{0,{MAX_LEADER_CHARS}}}(?:[:：]|(?P<equals>=)|\t)(?!//)[\s*_]*(?P<value>.*)",
    re.DOTALL,
)
BRACKETED = re.compile(
    rf"[\s{DIRECTION}]*(?:\[|<|【|〔|［|〖)(?P<label>[^\W\d_][^\[\]<>【】〔〕［］〖〗]{{0,{MAX_LABEL_CHARS}}})[\]>】〕］〗]\s*[:：]?\s*(?P<value>.*)",
    re.DOTALL,
)
SHAPED = re.compile(rf"[{SHAPES}]\s*(?P<label>[^\W\d_]{{1,10}})[ \u3000]+(?P<value>\S.*)", re.DOTALL)  # `■見出し 港の灯台`
CODED = re.compile(
    r"(?:(?P<label>[A-Z][A-Z0-9]{1,2})(?P<dash> {1,2}- ?)?(?:(?<=[ -])|[ \t]{2,}|$)|%(?P<sign>[A-Z\d@\[~])\s)\s*(?P<value>.*)",
    re.DOTALL,
)
CLOSING = re.compile(r"</[^<>]{2,20}>$")
SIGNS = " \t\u00a0\u3000*_#>•-=.[]【】<|"
IN_BRACKETS = re.compile(r"\s*[(（][^()（）]{1,24}[)）]|[/*:]in(?:nen)?$|^(?:dc|dcterms)[.]")
IN_CAPITALS = str.maketrans("ıάέήίόύώ", "iαεηιουω")  # what capitals do not show, or fold to otherwise
SPREAD = re.compile("(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")  # `标　题`
JOINING = re.compile(r"[-_/\s]+")


class Labelled(NamedTuple):
    """A line that begins with a label."""

    field: str | None  # what the label says, None for one that is not known
    label: str  # folded
    value: str  # what stands behind it; nothing where the label stands alone
    start: int  # where in the line that begins
    is_code: bool = False


def read_label(line: str) -> Labelled | None:
    """What the line says by its label; None where it has none."""
    found = CODED.match(line)
    if found and (field := _coded(found)):
        code = found["label"] or found["sign"]
        return Labelled(field, code, found["value"].rstrip(), found.start("value"), is_code=True)
    found = BRACKETED.match(line) or LABELLED.match(line) or SHAPED.match(line)
    if not found:
        return _alone(line)
    label = fold_label(found["label"])
    field = _fields().get(label)
    if not label or len(label.split()) > MAX_LABEL_WORDS or (field is None and (found.re is not LABELLED or found["equals"])):
        return None
    return Labelled(field, label, _without_closing(found["value"].rstrip(" \t*_")), found.start("value"))


def _without_closing(value: str) -> str:
    """`Ferry sails </TITLE>` without the tag."""
    bare = CLOSING.sub("", value)
    return value if bare == value else bare.rstrip()


def _coded(found: re.Match[str]) -> str | None:
    table = _table()[PERCENT if found["sign"] else DASHED if found["dash"] else CODES]
    return table.get(found["label"] or found["sign"])


def _alone(line: str) -> Labelled | None:
    """The label that is the whole line; one that is not known is no label."""
    label = fold_label(line) if len(line) <= MAX_LABEL_CHARS else ""
    field = _fields().get(label)
    return Labelled(field, label, "", len(line)) if field else None


def fold_label(label: str) -> str:
    """The label as it stands in the table."""
    label = IN_BRACKETS.sub("", label.casefold().translate(IN_CAPITALS).strip(SIGNS))
    return SPREAD.sub("", JOINING.sub(" ", label).strip(SIGNS))


@cache
def _fields() -> dict[str, str]:
    """The field of each label; where two have it, that of the table that stands first."""
    found: dict[str, str] = {}
    for field, languages in _table().items():
        if field not in OTHERS:
            for label in ";".join(languages.values()).split(";"):
                found.setdefault(fold_label(label), field)
    return found


def field_of(label: str) -> str | None:
    """The field that a label alone is of."""
    return _fields().get(fold_label(label))


def is_swedish(label: str) -> bool:
    """Whether a label is Swedish, Danish or Norwegian, and not German."""
    return label in _labels_in("sv_") and label not in _labels_in("de")


@cache
def _labels_in(language: str) -> frozenset[str]:
    """Those of the rows that begin with the language."""
    rows = (row for field, of in _table().items() if field not in OTHERS for key, row in of.items() if key.startswith(language))
    return frozenset(fold_label(label) for row in rows for label in row.split(";"))


@cache
def known_labels() -> frozenset[str]:
    """All labels as they are written in the table, and codes."""
    table = _table()
    labels = (label.strip() for field in table if field not in OTHERS for of in table[field].values() for label in of.split(";"))
    return frozenset(labels).union(table[CODES], table[DASHED])


@cache
def expressions() -> tuple[str, ...]:
    """For whole lines that exports put around articles."""
    return tuple(_table()[FURNITURE].values())


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(files("copydesk.blocks.exports").joinpath("labels.toml").read_text("utf-8"))
    return found
