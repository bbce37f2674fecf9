"""`python -m localairflow demo | up | cluster`: what `make demo`, `make up` and `make cluster` call."""

from __future__ import annotations

import argparse
import signal
import sys

from rich.console import Console
from rich.markup import escape

from copydesk.errors import BadInput
from localairflow.cluster.serving import serve_cluster
from localairflow.demo import run_demo
from localairflow.up import serve


def main() -> int:
    """The exit code: 0, 1 where a run failed, 2 where the call was wrong."""
    parser = argparse.ArgumentParser(prog="python -m localairflow", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", help="ingest the samples in a fresh Airflow and print what came out")
    up = commands.add_parser("up", help="serve the UI until Ctrl-C")
    up.add_argument("--port", type=int, default=8080)
    cluster = commands.add_parser("cluster", help="the same with Postgres, Valkey, S3 and Celery workers")
    cluster.add_argument("--port", type=int, default=8080)
    cluster.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `with` blocks end what they started
    console = Console()
    try:
        if arguments.command == "up":
            serve(console, arguments.port)
        if arguments.command == "cluster":
            serve_cluster(console, arguments.port, arguments.workers)
        return run_demo(console)
    except BadInput as error:
        console.print(f"[red]{error}[/red]")
        return 2
    except TimeoutError as error:
        console.print(f"[red]given up {escape(str(error))}[/red]; where this machine was merely busy, try again")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
