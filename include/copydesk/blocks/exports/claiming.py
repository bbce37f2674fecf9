"""What labelled lines say → claims about their article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from copydesk.blocks.exports.entries import Entry
from copydesk.fields.claims import Claim
from copydesk.fields.given import CLAIMED_AS, GIVEN
from copydesk.fields.people.agencies import agency
from copydesk.fields.people.bylines import is_person
from copydesk.fields.times.dates import parse_date
from copydesk.fields.urls import host

ONCE = ("title", "published_at", "modified_at", "section", "description", "canonical_url")  # the first that says so counts
AUTHOR, TAGS, SITE = CLAIMED_AS["authors"], "tags", "site"
OF_MAIL = frozenset({"message id", "newsgroups", "mime version", "to", "cc", "an", "à", "para", "aan", "do"})
# `Fwd: Re: Ferry sails`, in the languages of mail programs.
FORWARDED = re.compile(
    r"(?:(?:re|fwd?|aw|wg|tr|rv|enc|sv|vs|vb|antw|odp|r|i|doorst|转发|答复|回复|轉寄|回覆)(?:\[\d{1,3}\])?[:：]\s*)+(?=\S)",
    re.IGNORECASE,
)
LISTED = re.compile(r"[;|•]")
SHARE = re.compile(r" ?\(\d+%\)$")  # `FERRIES (90%)`
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w.-]+")
PAPER = re.compile(r"[;:.]\s|\s[\[(]")  # behind the name of the paper: its place, the day
SECTION = re.compile(r" ?;.*| ?, ?(?:pg?|p|s|page|pag|seite|стр)\b\.?.*", re.IGNORECASE)  # `NEWS; Pg. 4`, `Desk; Column 2`


def claims_of(entries: Sequence[Entry]) -> Iterator[Claim]:
    """A claim for each field that the entries give."""
    told = _by_field(entries)
    is_mail = "sender" in told or not OF_MAIL.isdisjoint(entry.label for entry in entries)
    subjects = told.pop("subject", [])
    told.setdefault(*(("title", [FORWARDED.sub("", subject) for subject in subjects]) if is_mail else (TAGS, subjects)))
    if AUTHOR not in told and (senders := [_bearer(value) for value in told.get("sender", ())]):
        told[AUTHOR] = senders
    if "published_at" not in told:
        told["published_at"] = [value for value in (*told.get("info", ()), *told.get("source", ())) if _has_one_date(value)]
    for name in ONCE:
        yield from (Claim(name, _shaped(name, value), GIVEN) for value in told.get(name, ())[:1])
    yield from (Claim(AUTHOR, name, GIVEN) for name in _distinct(map(written_forward, told.get(AUTHOR, ()))))
    yield from (Claim(TAGS, tag, GIVEN) for tag in _distinct(_terms(told.get(TAGS, ()))))
    yield from _published_by(told)


def believed(told: Iterable[Claim], given: Iterable[str], url: str | None) -> list[Claim]:
    """What labelled lines say that a container has not `given`, in columns; of a text that has a `url` no address on another host."""
    said, here = {CLAIMED_AS.get(column, column) for column in given}, host(url)
    claims = (claim for claim in told if claim.field not in said)
    return [claim for claim in claims if claim.field != "canonical_url" or not here or host(claim.value) in ("", here)]


def _by_field(entries: Iterable[Entry]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for entry in entries:
        value = " ".join(entry.value.split())
        if value and (entry.field != "published_at" or parse_date(value)):
            told.setdefault(entry.field, []).append(value)
    return told


def _has_one_date(value: str) -> bool:
    """Whether there is a date in it, which can be read in one way."""
    found = parse_date(value)
    return found is not None and parse_date(value, is_month_first=True) == parse_date(value, is_month_first=False)


def _shaped(name: str, value: str) -> str:
    return SECTION.sub("", value) if name == "section" else value


def _published_by(told: dict[str, list[str]]) -> Iterator[Claim]:
    """The paper, which is nobody's name and no headline; a source may be an agency."""
    papers = [*told.get(SITE, ()), *(PAPER.split(value)[0] for value in told.get("info", ()))]
    for source in told.get("source", ()):
        if name := agency(source):
            yield Claim("agency", name, GIVEN)
        else:
            papers.append(PAPER.split(source)[0])
    yield from (Claim(SITE, name, GIVEN) for name in _distinct(papers))


def _bearer(value: str) -> str:
    """Whose mail address it is."""
    return ADDRESS.sub(" ", value).strip(" ()<>\"'")


def written_forward(names: str) -> str:
    """`Smith, Jane; Ek, Bo` → `Jane Smith; Bo Ek`, as bylines have names; other values as they are."""
    people = [part.strip() for part in names.split(";") if part.strip()]
    return "; ".join(map(_forward, people))


def _forward(name: str) -> str:
    parts = [part.strip() for part in name.split(",")]
    if len(parts) % 2 or any(map(is_person, parts)):
        return name
    pairs = [f"{given} {family}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return "; ".join(pairs) if all(map(is_person, pairs)) else name


def _terms(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        for term in LISTED.split(value) if LISTED.search(value) else value.split(","):
            yield SHARE.sub("", term.strip().lstrip("*"))


def _distinct(values: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(value for value in values if value)
