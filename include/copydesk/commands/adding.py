"""How a command is added to others, so that its own help says what theirs does."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, what: str) -> argparse.ArgumentParser:
    """A command, and what it does: a line in the list of commands, a sentence in its own help."""
    return commands.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
