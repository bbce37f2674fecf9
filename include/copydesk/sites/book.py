"""All rules there are: those that come with Copydesk, and the newsroom's own in the folder COPYDESK_SITE_RULES."""

from __future__ import annotations

import os
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from itertools import combinations
from pathlib import Path
from types import ModuleType

from copydesk.errors import BadInput
from copydesk.settings import PREFIX
from copydesk.sites import publishers
from copydesk.sites.rule import Rule

FOLDER = f"{PREFIX}SITE_RULES"
Book = Mapping[str, Sequence[Rule]]  # by host


def rules_for(book: Book, host: str) -> list[Rule]:
    """The rules for pages of `host`: its own, then those of the domains above it, nearest first."""
    found: list[Rule] = []
    while host and book:
        found += book.get(host, ())
        host = host.partition(".")[2]
    return found


def rule_book() -> Book:
    """The rules of this process, read once for each folder; of the environment, since a notebook that extracts has no Settings."""
    return read_rules(os.environ.get(FOLDER) or None)


@cache
def read_rules(folder: str | None) -> Book:
    """Every rule by its host; BadInput names the file that is wrong, for without it pages would be read wrongly unseen."""
    book: dict[str, list[Rule]] = defaultdict(list)
    for module in (*_shipped(), *_own(folder)):
        for found in vars(module).values():
            if isinstance(found, Rule):
                book[found.host].append(found)
    for rules in book.values():
        _check_apart(rules)
    return dict(book)


def own_version() -> str | None:
    """A hash of the newsroom's own rules, where it has any."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    return sha256(b"\0".join(path.read_bytes() for path in _paths(folder))).hexdigest()[:12]


def _shipped() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(publishers.__path__, f"{publishers.__name__}."):
        yield import_module(found.name)


def _own(folder: str | None) -> Iterator[ModuleType]:
    for path in _paths(folder) if folder else ():
        yield _loaded(path)


def _paths(folder: str) -> list[Path]:
    try:
        return sorted(path for path in Path(folder).iterdir() if path.suffix == ".py" and not path.name.startswith(("_", ".")))
    except OSError as error:
        raise BadInput(f"{folder}: {error.strerror}; set {FOLDER} to the folder of your site rules, or to nothing") from None


def _loaded(path: Path) -> ModuleType:
    """The file as a module; whatever it raises is told with its name."""
    spec = spec_from_file_location(f"copydesk_site_rules.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise BadInput(f"{path}: not a Python file")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # the code is the newsroom's and may raise anything
        raise BadInput(f"{path}: {type(error).__name__}: {error}; correct it, or take it out of {FOLDER}") from error
    return module


def _check_apart(rules: Iterable[Rule]) -> None:
    """BadInput where two rules of a host hold on one day: which of them is right must not depend on their order."""
    for one, two in combinations(rules, 2):
        if one.first <= (two.last or date.max) and two.first <= (one.last or date.max):
            raise BadInput(f"rules {one.name} and {two.name} for {one.host} hold on the same day; give the older a last day")
