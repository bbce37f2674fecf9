"""How many shards of one run are at work at once; the rest of the places is for other runs."""

from __future__ import annotations

from copydesk.settings import Settings, SettingsError, shards_at_once


def read_shards_at_once() -> tuple[int, list[SettingsError]]:
    """The number, and what is wrong with the one that is set: the shipped one holds then, and every task fails of it."""
    try:
        return shards_at_once(), []
    except SettingsError as error:
        return Settings.model_fields["shards_at_once"].default, [error]
