from __future__ import annotations

import gc

import pytest

from copydesk.processes.collector import without_collection


@without_collection
def is_collecting() -> bool:
    return gc.isenabled()


@without_collection
def fail() -> None:
    raise ValueError("broken page")


def test_nothing_is_collected_during_the_work_and_everything_after_it():
    assert not is_collecting()
    assert gc.isenabled()


def test_collection_goes_on_after_a_failure():
    with pytest.raises(ValueError, match="broken page"):
        fail()
    assert gc.isenabled()


def test_whoever_has_switched_it_off_finds_it_off():
    gc.disable()
    try:
        is_collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
