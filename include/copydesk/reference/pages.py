"""Every page, and the command that writes them or says which are out of date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from difflib import unified_diff
from pathlib import Path

from copydesk.reference.datasets import data_dictionary
from copydesk.reference.quality import quality_page
from copydesk.reference.settings import settings_page

PAGES: Mapping[str, Callable[[], str]] = {
    "data_dictionary.md": data_dictionary,
    "settings.md": settings_page,
    "quality.md": quality_page,
}


def main(arguments: list[str] | None = None, folder: Path = Path("docs")) -> int:
    """Write the pages into `folder`, or with `--check` say what differs and return 1."""
    parser = argparse.ArgumentParser(prog="python -m copydesk.reference", description="Write the reference pages of docs/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 with a diff where a page is out of date")
    if parser.parse_args(arguments).check:
        return _check(folder)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), "utf-8")
    return 0


def _check(folder: Path) -> int:
    """1 with a diff on standard error where a page is not what the code says."""
    stale = 0
    for name, page in PAGES.items():
        path = folder / name
        found = path.read_text("utf-8") if path.exists() else ""
        diff = list(unified_diff(found.splitlines(), page().splitlines(), str(path), "as the code has it", lineterm="", n=1))
        if diff:
            stale = 1
            sys.stderr.write("\n".join([*diff, f"{path} is out of date; run `python -m copydesk.reference`", ""]))
    return stale
