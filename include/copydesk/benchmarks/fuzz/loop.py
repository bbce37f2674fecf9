"""One target under libFuzzer, in a process of its own: `fuzz` starts it, and libFuzzer ends it."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

# Nor is what compares arrays, the labeller and what looks for blanks: atheris never lets go of what a comparison gives, which there is a
# hundred kilobytes an input.
ROOT = Path(__file__).parents[2]
OF_ARRAYS = [ROOT / "blocks" / "text.py", *(ROOT / "labels").rglob("*.py")]
UNSEEN = [".".join(("copydesk", *file.relative_to(ROOT).with_suffix("").parts)) for file in OF_ARRAYS]

# What is imported elsewhere before this is not instrumented, and guides nothing.
with atheris.instrument_imports(include=["copydesk"], exclude=UNSEEN):
    from copydesk.benchmarks.fuzz.targets import KINDS, mutate_each, targets


def mutate(data: bytes, longest: int, _seed: int) -> bytes:
    """Each document of an input changed: an execution tries as many as it holds."""
    return mutate_each(atheris.Mutate, data, longest)


if __name__ == "__main__":
    target, *options = sys.argv[1:]
    check = targets()[target]
    check(b"")  # what is loaded once counts towards no input's time
    atheris.Setup([target, *options], check, **({"custom_mutator": mutate} if target in KINDS else {}))
    atheris.Fuzz()
