from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyarrow as pa
import pytest

from copydesk import extract
from copydesk.processes.one_heap import ONE_HEAP


@ONE_HEAP.held()
def pool(wait: Barrier | None = None) -> str:
    if wait:
        wait.wait(10)
    backend: str = pa.default_memory_pool().backend_name
    if wait:
        wait.wait(10)
    return backend


@ONE_HEAP.held()
def failing() -> None:
    raise ValueError(pa.default_memory_pool().backend_name)


@pytest.fixture
def before() -> str:
    backend: str = pa.default_memory_pool().backend_name
    return backend


def test_a_call_takes_its_arrays_from_the_heap_of_the_c_library_and_gives_back_what_was(before: str) -> None:
    assert pool() == "system"
    assert pa.default_memory_pool().backend_name == before
    with pytest.raises(ValueError, match="system"):
        failing()
    assert pa.default_memory_pool().backend_name == before


def test_calls_side_by_side_give_back_what_was_when_the_last_of_them_ends(before: str) -> None:
    wait = Barrier(3)
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(pool, [wait] * 3)) == ["system"] * 3
    assert pa.default_memory_pool().backend_name == before


def test_extract_leaves_the_callers_pool_as_it_was(before: str) -> None:
    assert extract([{"id": "a", "content": "A line.", "media_type": "text/plain"}]).num_rows == 1
    assert pa.default_memory_pool().backend_name == before
