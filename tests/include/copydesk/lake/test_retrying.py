from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, cycle, repeat

import pytest

from copydesk.lake.retrying import TRIES, TRIES_IN_ALL, until_undisturbed


def reading(missing: Iterator[str | None]) -> str:
    """Read once: another file is missing each time, until none is."""
    name = next(missing)
    if name:
        raise FileNotFoundError(name)
    return "rows"


def test_a_reader_goes_on_as_long_as_other_files_are_missing_than_before() -> None:
    names = chain((f"part-{n}" for n in range(10 * TRIES)), [None])
    assert until_undisturbed(lambda: reading(names)) == "rows"


def test_one_file_that_stays_away_is_an_error_soon() -> None:
    names = chain(["part-1"] * TRIES, [None])
    with pytest.raises(FileNotFoundError, match="part-1"):
        until_undisturbed(lambda: reading(names))
    assert next(names) is None


def test_a_writer_without_an_end_ends_the_reader() -> None:
    names = cycle(["part-1", "part-2"])
    tries = repeat(None, TRIES_IN_ALL)
    with pytest.raises(FileNotFoundError):
        until_undisturbed(lambda: (next(tries), reading(names)))
    assert next(tries, "used up") == "used up"


@pytest.mark.parametrize("code", ["NO_SUCH_KEY", "RESOURCE_NOT_FOUND"])
def test_what_object_storage_says_of_a_deleted_file_counts_too(code: str) -> None:
    answers = iter([OSError(f"When reading 'a': AWS Error {code} during GetObject operation"), None])

    def step() -> str:
        error = next(answers)
        if error:
            raise error
        return "rows"

    assert until_undisturbed(step) == "rows"


def test_another_error_is_raised_at_once() -> None:
    with pytest.raises(PermissionError):
        until_undisturbed(lambda: (_ for _ in ()).throw(PermissionError("no")))


def test_an_object_that_is_deleted_while_it_is_sent_is_read_again() -> None:
    answers = iter([OSError("AWS Error INTERNAL_FAILURE during GetObject operation: Failed to flush response stream"), None])

    def step() -> str:
        error = next(answers)
        if error:
            raise error
        return "rows"

    assert until_undisturbed(step) == "rows"
