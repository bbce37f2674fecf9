"""One target under libFuzzer, in a process of its own: `fuzz` starts it, and libFuzzer ends it."""

from __future__ import annotations

import sys

import atheris

INSTRUMENTED = ["copydesk.assembly", "copydesk.blocks", "copydesk.fields", "copydesk.raw"]

# What is imported elsewhere before this is not instrumented, and guides nothing.
with atheris.instrument_imports(include=INSTRUMENTED):
    from copydesk.benchmarks.fuzz_targets import targets

if __name__ == "__main__":
    target, *options = sys.argv[1:]
    check = targets()[target]
    check(b"")  # what is loaded once counts towards no input's time
    atheris.Setup([target, *options], check)
    atheris.Fuzz()
