"""Python's cyclic garbage collector, held off while a batch of documents is worked on."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def without_collection(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The same function, during which nothing is searched for cycles.

    A batch makes a million small tuples that live until its end and no cycles; looking through them again and again takes a fifth of
    the time. What is no longer referred to is freed at once all the same.
    """

    @wraps(function)
    def held(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return function(*args, **kwargs)
        finally:
            if was_enabled:
                gc.enable()

    return held
