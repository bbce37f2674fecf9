"""Calls that were wrong, apart from data that is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from copydesk.errors import BadInput


class WrongCall(BadInput):
    """The command was called wrongly, or its environment is not set up; the message says what to do."""


@contextmanager
def preparing() -> Iterator[None]:
    """Before any data is touched, bad input is the caller's."""
    try:
        yield
    except BadInput as error:
        raise WrongCall(str(error)) from None
