"""A process for work that may hang or crash: `python -m copydesk.processes.worker PARENT`, started and asked by `killable`.

It takes questions from standard input, pickled pairs of seconds and a function without arguments, and answers on standard
output: what the function returns, or one after the other what it yields, each under the limit.
"""

from __future__ import annotations

import errno
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.abc import MetaPathFinder
from typing import Any, BinaryIO

from copydesk.errors import BadInput
from copydesk.processes.allocation import reuse_memory
from copydesk.processes.limits import arm, end_with_parent

ANSWER, END, ERROR = "answer", "end", "error"
OUT_OF_MEMORY = errno.ENOMEM  # as an exit code


class WithoutPandas(MetaPathFinder):
    """As if it were not installed."""

    def find_spec(self, name: str, *_: object) -> None:
        """What other finders may look for; ModuleNotFoundError for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError("pandas is looked for by Arrow alone", name=name)


def spare_pandas() -> None:
    """Have Arrow find no pandas: it looks once, at its first list, whether that is a series. Who imports it later gets it, such as rules of a site.

    That saves a third of the time in which a worker starts, and 33 MB.
    """
    import pyarrow as pa  # loaded no sooner: it reads at once where its memory is to come from

    hidden = WithoutPandas()
    sys.meta_path.insert(0, hidden)
    pa.array([""])
    sys.meta_path.remove(hidden)


def main() -> None:
    """Answer until the parent closes the pipe or goes."""
    end_with_parent(int(sys.argv[1]))
    reuse_memory()
    spare_pandas()
    questions, answers = _taken_pipes()
    while True:
        try:
            seconds, job = pickle.load(questions)  # noqa: S301 - from the parent
        except EOFError:
            return
        for kind, value in _answers(seconds, job):
            _send(answers, kind, value)


def _answers(seconds: float | None, job: Callable[[], Any]) -> Iterator[tuple[str, Any]]:
    """What the job says, or the error it ends with; out of memory ends the process, which has none left to go on with."""
    try:
        arm(seconds)
        result = job()
        for value in result if isinstance(result, Iterator) else [result]:
            arm(None)
            yield ANSWER, value
            arm(seconds)
        arm(None)
        yield END, None
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (BadInput, OSError) as error:  # of no document's making
        arm(None)
        yield ERROR, error
    except Exception as error:  # noqa: BLE001 - whatever it is: it may be the fault of one document alone
        arm(None)
        traceback.print_exc()
        yield ERROR, f"{type(error).__name__}: {error}"


def _send(answers: BinaryIO, kind: str, value: Any) -> None:
    pickle.dump((kind, value), answers, protocol=5)
    answers.flush()


def _taken_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of reach of code that reads standard input or prints."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return questions, answers


if __name__ == "__main__":
    main()
