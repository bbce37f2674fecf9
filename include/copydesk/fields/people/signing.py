"""Who signed, in lines that do not open as bylines do: a name beside a date or a trade, and a line that tells of its bearer."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

import pyarrow as pa

from copydesk.fields.matching import Flags, which_match
from copydesk.fields.people.bylines import ENDS_SMALL, PARTICLES, bare, is_person, opens_byline, parse_byline, without_addresses
from copydesk.fields.people.first_names import has_first_name
from copydesk.fields.times.markers import MARKERS
from copydesk.fields.times.months import month_of

# Trades of people who write for papers; other trades are said of people whom an article is about.
TRADE = re.compile(
    r"\b(?:(?:editor|reporter|writer|journalist|columnist|correspondent|contributor|blogger|freelancer|author|critic|producer)s?"
    r"|redakteur(?:in)?|korrespondent(?:in)?|journalistin|reporterin|autor(?:in|a|e)?|kolumnist(?:in)?|volontär(?:in)?"
    r"|journaliste|rédact(?:eur|rice)|correspondante?|periodista|redactora?|corresponsal|giornalista|redattore|redattrice"
    r"|jornalista|dziennikark?a?|redaktor(?:ka)?|redacteur|verslaggever|журналист|корреспондент|редактор|обозреватель)\b",
    re.IGNORECASE,
)
SMALL_TRADE = re.compile(TRADE.pattern)  # for text in lower case, in which it is found in a third of the time
# What such a line says next of its bearer; the second kind needs no trade.
IS = r"(?:is|was|has|joined|studied|ist|war|hat|est|a été|es|fue|è|jest|é|är|er)"
WRITES = r"(?:writes|covers|reports|schreibt|berichtet|écrit|couvre|escribe|cubre|scrive|pisze|escreve|cobre|schrijft|skriver)"
TELLS = re.compile(rf"(?:{IS}|{WRITES})$")
TELLING = re.compile(rf"^(?P<name>(?:\S+ ){{1,4}}\S+?)(?:,? \([^)]*\))? (?:(?P<is>{IS})|{WRITES}) ", re.IGNORECASE)
# A capital or a figure that touches a name begins what stands beside it: `Ann LeeDec 5`, `Bo Ek2 minutes ago`.
GLUED = re.compile(
    r"(?<=[a-zß-ÿ])(?=\d|[A-Z][a-z]{2,8}\.? \d|Published|Updated|Posted|Correspondent|Reporter|Editor|Writer|Korrespondent|Redakteur)"
    r"|(?<=[A-Z])(?=[A-Z][a-z]{2,8}\.? \d)"
)
SIGNS = re.compile(r"\s*([|/,•·:–—])\s*|\s+(-)\s+")
HAS_SIGN = re.compile(r"[|/,•·:–—-]")  # few lines do, and this is seen ten times as fast
EDGES = " |/,•·:–—-*"
# So most lines begin, and are told by it in a fifth of the time: with a figure, a sign or a small word that stands in no name, or
# with one word and nothing, a sign or such a small word behind it.
SMALL = rf"(?!(?:{PARTICLES})(?![a-zß-ÿ]))[a-zа-яёα-ωά-ώ]"
NAMELESS = re.compile(rf"[\d_]|[^\w\s]|{SMALL}|[^\W\d_][a-zß-öø-ÿ]*(?:$|[,:/|?!;\"”)]|\s+(?:{SMALL}|[\d(]))")
# The same without looking ahead, which Arrow's expressions cannot: a line in which it finds nothing has no name.
# An address before the name is left out when the line is read.
MAY_NAME = rf"^[ |/,•·:–—*-]*[^!-@\[-`{{-~“”„«»‘’…][a-zß-öø-ÿ]*(?:[^a-zß-öø-ÿ,:/|?!;\"”)\s]|\s+(?:[^a-z0-9(\s]|d['’]|(?:{PARTICLES})(?:[^a-zß-ÿ]|$)))|@|://|www\."
MAY_TELL = rf"(?i) (?:{IS}|{WRITES}) "
MAX_CHARS, MAX_WORDS = 160, 4
# Words that begin with a capital, and small ones between them.
CAPITAL = r"[^\W\d_a-z][^\s,;:!?]*"
DESK = re.compile(rf"{CAPITAL}(?:\s+(?:(?:and|und|et|y|e|with|mit|avec|of|de|du|the|der|&)\s+)?{CAPITAL}){{0,4}}")
ORGANISATION = re.compile(r"[^\W\d_a-z]{2,8}$")  # between a name and a date: `Ann Lee, ESPN Dec 5, 2023`


class Beside(Enum):
    """What stands in a line beside a name."""

    NOTHING = "nothing"  # or the name again
    DATE = "date"
    TRADE = "trade"


def may_name(lines: pa.Array) -> Flags:
    """Which lines are worth asking whom they name."""
    return which_match(lines, MAY_NAME)


def may_tell(lines: pa.Array) -> Flags:
    """Which lines are worth asking whom they tell of."""
    return which_match(lines, MAY_TELL)


def signer(line: str) -> tuple[str, Beside] | None:
    """The name that opens a short line, and what stands beside it."""
    return _signer(line) if len(line) <= MAX_CHARS else None


@lru_cache(maxsize=4096)  # several questions are asked of the same few lines, at 20 µs each
def _signer(line: str) -> tuple[str, Beside] | None:
    line = without_addresses(line).strip(EDGES)
    if NAMELESS.match(line):
        return None
    parted = GLUED.sub(" ", line).strip(EDGES)
    words = (SIGNS.sub(r" \1\2 ", parted) if HAS_SIGN.search(parted) else parted).split()
    for count in range(2, min(MAX_WORDS, len(words)) + 1):
        name = " ".join(words[:count])
        if is_person(name):
            if beside := _beside(name, [word for word in words[count:] if word.strip(EDGES)]):
                return name, beside
        elif not ENDS_SMALL.search(name):  # nor will it be one with more behind it
            return None
    return None


def _beside(name: str, words: list[str]) -> Beside | None:
    """What the words behind a name are, if they are one of these."""
    if not words or " ".join(words) == name:
        return Beside.NOTHING
    if TELLS.match(words[0]):
        return None
    if _names_trade(" ".join(words[:MAX_WORDS])):
        return Beside.TRADE
    rest = words[1:] if ORGANISATION.match(words[0]) and len(words) > 1 else words
    first = rest[0]
    says_when = first[0].isdigit() or MARKERS.match(first) or (len(rest) > 1 and month_of(first))
    return Beside.DATE if says_when else None


def bearer(line: str) -> str | None:
    """Whom a line tells of that stands below a text to present its author: `Ann Lee is a reporter at the Courier.`"""
    found = None if NAMELESS.match(line) else TELLING.match(line[: 2 * MAX_CHARS])
    if not found or not is_person(found["name"]):
        return None
    return _once(found["name"]) if not found["is"] or _names_trade(line) else None


def _names_trade(text: str) -> bool:
    """Whether it says of somebody that they write; beyond ASCII, to fold case and to lower it differ."""
    return (SMALL_TRADE.search(text.lower()) if text.isascii() else TRADE.search(text)) is not None


def _once(name: str) -> str:
    """The name of which a heading and the text below it have been run together: `Ann Lee Ann Lee`."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if words[:half] == words[half:] else name


def desk(line: str) -> str | None:
    """Who signs a byline that names neither a person nor an agency: `By Courier Staff`; sentences may begin with `By`, too."""
    if not opens_byline(line) or any(parse_byline(line)):
        return None
    name = bare(line)
    person = " ".join(name.split()[:2])  # `By Ann Lee Courier News`
    if has_first_name(person) and is_person(person):
        return person
    return name if DESK.fullmatch(name) else None
