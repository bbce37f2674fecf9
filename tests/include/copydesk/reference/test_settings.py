from __future__ import annotations

import pytest
from pydantic import BaseModel

from copydesk.quality.rule_wording import Undescribed
from copydesk.reference import settings
from copydesk.reference.settings import settings_page
from copydesk.settings import Settings
from copydesk.sources import Source


def test_every_setting_and_key_is_on_the_settings_page() -> None:
    page = settings_page()
    assert all(f"`COPYDESK_{name.upper()}`" in page for name in Settings.model_fields)
    for name, field in Source.model_fields.items():
        parts = field.annotation.model_fields if name in ("record", "quality", "arrival") else [None]  # type: ignore[union-attr]
        assert all(f"| `{name}.{part}` |" in page or f"| `{name}` |" in page for part in parts)


def test_a_size_is_told_in_mebibytes_and_a_count_is_not() -> None:
    page = settings_page()
    assert "| `COPYDESK_SHARD_BYTES` | `67108864` (64 MiB) |" in page
    assert "| `COPYDESK_MAX_MEMBERS` | `10000000` |" in page


def test_a_setting_without_a_meaning_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mute(BaseModel):
        depth: int = 3

    monkeypatch.setattr(settings, "Settings", Mute)
    with pytest.raises(Undescribed, match="depth"):
        settings_page()
