from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
LOOPBACK = ["127.0.0.1", "::1"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """No test reaches further than this machine."""
    for item in items:
        item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.fixture(autouse=True)
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Raw dumps, lake and sources of a test lie in its own folder, whatever the environment says."""
    for name in ("raw", "lake", "sources"):
        monkeypatch.setenv(f"COPYDESK_{name.upper()}", str(tmp_path / name))
    return tmp_path


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def samples(checkout: Path) -> Path:
    """Three days of three invented publishers."""
    return checkout / "include" / "samples"
