"""How texts begin and end, read off their first and last characters."""

from __future__ import annotations

import numpy as np

from copydesk.fields.words import STOPLESS, STOPLESS_CHARS
from copydesk.labels.arrays import Floats, Ints, flag
from copydesk.labels.texts.characters import (
    BRACKET,
    BULLET,
    CLOSER,
    COLON,
    FULL_STOP,
    LOWER,
    OPENER,
    PIPE,
    TERMINAL,
    Characters,
    Flags,
)

CLOSING_SIGNS = 7  # quotation marks and brackets after the end of a sentence
PIPED_CHARS = 120  # a list of names is one from its start
BLANK, BRACKET_OPEN, BRACKET_CLOSED, ROUND_OPEN, ROUND_CLOSED, POINT, DOTS = (ord(sign) for sign in " []().…")


def edges(found: Characters) -> dict[str, Floats]:
    """For each text, 1 where it begins or ends so; a look beyond a text meets the break beside it."""
    first, last = found.starts, found.starts + found.lengths - 1
    closing = _before_closing(found, last)
    ends, letter = _kind(found, closing), found.points[closing]
    is_long = (found.lengths >= STOPLESS_CHARS) & (letter >= STOPLESS[0]) & (letter <= STOPLESS[1])
    quote = (_kind(found, first) & OPENER > 0) & (found.points[first] != ROUND_OPEN)
    return {
        "ends_sentence": flag((ends & (TERMINAL | FULL_STOP) > 0) | is_long),
        "ends_colon": flag(_kind(found, last) & COLON > 0),
        "ends_dots": flag(_ends_in_dots(found, last)),
        "starts_lower": flag(_kind(found, first) & LOWER > 0),
        "starts_quote": flag(quote),
        "is_bullet": flag(_is_bullet(found, first)),
        "pipes": flag(_has_pipes(found)),
    }


def _kind(found: Characters, at: Ints) -> Ints:
    result: Ints = found.kinds[at].astype(np.int64)
    return result


def _before_closing(found: Characters, last: Ints) -> Ints:
    """The place of the last character that is no closing quotation mark or bracket."""
    at = last
    for _ in range(CLOSING_SIGNS):
        closes = _kind(found, at) & (CLOSER | BRACKET) > 0
        if not closes.any():
            break
        at = at - closes
    return at


def _ends_in_dots(found: Characters, last: Ints) -> Flags:
    """`...`, `…` or `[…]`."""
    z, y, x = (found.points[last - back] for back in range(3))
    three, bracketed = (x == POINT) & (y == POINT) & (z == POINT), (x == BRACKET_OPEN) & (y == DOTS) & (z == BRACKET_CLOSED)
    result: Flags = (z == DOTS) | three | bracketed
    return result


def _is_bullet(found: Characters, first: Ints) -> Flags:
    """`• `, `1. ` or `12) `."""
    a, b, c, d = (found.points[first + ahead] for ahead in range(4))
    figures = [(ord("0") <= point) & (point <= ord("9")) for point in (a, b)]
    closes = [(point == POINT) | (point == ROUND_CLOSED) for point in (b, c)]
    sign = (_kind(found, first) & BULLET > 0) & (b == BLANK)
    one, two = figures[0] & closes[0] & (c == BLANK), figures[0] & figures[1] & closes[1] & (d == BLANK)
    result: Flags = sign | one | two
    return result


def _has_pipes(found: Characters) -> Flags:
    """A sign between two spaces that parts names: `Home | Sport`."""
    at, text = found.signs(PIPE)
    parts = (found.points[at - 1] == BLANK) & (found.points[at + 1] == BLANK)
    at, text = at[parts], text[parts]
    result = np.zeros(len(found.starts), bool)
    result[text[at + 1 - found.starts[text] < PIPED_CHARS]] = True
    return result
