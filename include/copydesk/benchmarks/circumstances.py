"""When, where and with what a measurement was made."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import copydesk
from copydesk.benchmarks.peers import Peer
from copydesk.labels.learned_file import load_learned

CPU_INFO = Path("/proc/cpuinfo")
LIBRARIES = ("numpy", "pyarrow", "selectolax")


class Circumstances(NamedTuple):
    """What the figures depend on."""

    day: date
    machine: str
    software: str
    command: str
    peers: Sequence[tuple[Peer, str | None]]  # with the version that is installed

    @property
    def in_a_line(self) -> str:
        """When, where and with what, as pages have it that name no peers."""
        return f"{self.day}, {self.machine}; {self.software}."


def circumstances(day: date, command: str, peers: Sequence[Peer] = ()) -> Circumstances:
    """Those of this process."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    software = f"copydesk {copydesk.__version__} with {load_learned().version}, Python {platform.python_version()}, {libraries}"
    return Circumstances(day, _machine(), software, command, [(peer, peer.version()) for peer in peers])


def _machine() -> str:
    cores = os.cpu_count()
    return f"{_processor()}, {cores} core{'s' * (cores != 1)}, {platform.system()} {platform.machine()}"


def _processor() -> str:
    """Its name, where the system tells."""
    named = re.search(r"^model name\s*:\s*(.+)$", CPU_INFO.read_text("utf-8"), re.MULTILINE) if CPU_INFO.exists() else None
    return named.group(1).strip() if named else platform.processor() or "a processor without a name"
