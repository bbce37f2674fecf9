"""The command `copydesk`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from copydesk.commands.parsing import parser
from copydesk.errors import BadInput, Held, ProcessLost

DATA_FAILED = 1
CALL_WRONG = 2
INTERRUPTED = 130  # as a shell says it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; expected errors become a message and an exit code, others keep their traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # news is in every script, a terminal may know one alone
    options = parser().parse_args(arguments)
    from copydesk.commands.environment import WrongCall

    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except WrongCall as error:
        return _fail(error, CALL_WRONG)
    except (BadInput, Held, ProcessLost) as error:
        return _fail(error, DATA_FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _give_up(error)
    return code


def _give_up(error: OSError) -> int:
    """The exit code for what the machine refused: a pipe, a permission, a connection, a disk."""
    if isinstance(error, BrokenPipeError):
        # `copydesk inspect … | head`: the reader has seen enough. Without this Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, PermissionError):
        return _fail(f"{_trouble(error)}; run as a user who may, or name another place", CALL_WRONG)
    return _fail(f"{_trouble(error)}; try again when that is mended", DATA_FAILED)


def _trouble(error: OSError) -> str:
    """What failed and where, on one line; Arrow has the path in its words and no `filename`."""
    where = f"{error.filename}: " if error.filename else ""
    return where + " ".join((error.strerror or str(error)).split())


def _fail(error: Exception | str, code: int) -> int:
    sys.stderr.write(f"copydesk: {error}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
