"""Which part knows which: a step of the way knows those before it, and none behind it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "include" / "copydesk"
# From those that know nothing to those that know all. A line's parts do not know each other.
ORDER = (
    "errors expressions raw.lines label_names favor markup records",
    "processes dumps filesystems settings raw.encodings",
    "storage sources",
    "schema",
    "lake",
    "workdir raw fields",
    "run fields.times fields.headings fields.stated",
    "sites fields.people",
    "blocks labels.arrays",
    "labels.texts labels.decoding",
    "labels.repetition",
    "labels.features",
    "labels.networks",
    "labels.rules",
    "labels",
    "assembly quality",
    "curate extraction",
    "steps lineage",
    "upkeep labels.training reference",
    "pipeline labels.train",
    "views benchmarks",
    "views.calendar views.run views.search views.document views.sources",
    "views.article views.quarantine",
    "commands preloading",
    "cli",
)
PLACE = {part: number for number, line in enumerate(ORDER) for part in line.split()}
FRONT = "copydesk"  # what a notebook imports: it calls up what it offers by name, when that is asked for


def module_of(file: Path) -> str:
    name = ".".join(("copydesk", *file.relative_to(PACKAGE).with_suffix("").parts))
    return name.removesuffix(".__init__")


MODULES = {module_of(file): file for file in PACKAGE.rglob("*.py")}


def part_of(module: str) -> str:
    names = module.split(".")[1:]
    found = next((part for n in range(len(names), 0, -1) if (part := ".".join(names[:n])) in PLACE), None)
    assert found is not None, f"{module} has no place in ORDER; who may know it, and what may it know?"
    return found


def imports(node: ast.AST) -> Iterator[str]:
    """The modules of ours that are imported in a tree, also inside functions."""
    for one in ast.walk(node):
        if isinstance(one, ast.Import):
            names = [alias.name for alias in one.names]
        elif isinstance(one, ast.ImportFrom) and one.module:
            names = [f"{one.module}.{alias.name}" for alias in one.names]
            names = [name if name in MODULES else one.module for name in names]
        else:
            continue
        yield from (name for name in names if name in MODULES)


KNOWN = {module: set(imports(ast.parse(file.read_text("utf-8")))) - {module} for module, file in MODULES.items()}


def upward(module: str) -> list[str]:
    """What a module knows of parts that are not before its own."""
    part = part_of(module)
    others = {known: part_of(known) for known in KNOWN[module] - {FRONT}}
    return [f"{module} → {known}" for known, its in sorted(others.items()) if its != part and PLACE[its] >= PLACE[part]]


def test_no_part_knows_one_behind_it() -> None:
    assert [wrong for module in sorted(set(MODULES) - {FRONT}) for wrong in upward(module)] == []


def test_no_modules_import_each_other() -> None:
    TopologicalSorter({module: known - {FRONT} for module, known in KNOWN.items() if module != FRONT}).prepare()
