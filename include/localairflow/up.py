"""The UI on a port of one's choice, with the samples or one's own data, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import replace
from typing import NoReturn

from rich.console import Console

from copydesk.errors import BadInput
from copydesk.settings import PREFIX
from localairflow.demo import demo_home
from localairflow.home import LOOPBACK, USER, Home, write_exports
from localairflow.server import LocalAirflow

LOOKED_AT = {"dag_processor__min_file_process_interval": "5"}  # who edits a source file here waits for its DAG

ROOTS = ("COPYDESK_RAW", "COPYDESK_LAKE", "COPYDESK_SOURCES")


def serve(console: Console, port: int) -> NoReturn:
    """Run until interrupted; what `make demo` left is there to be looked at."""
    refuse_taken(port)
    home = replace(with_own_data(demo_home(port)), options=LOOKED_AT)
    console.print("Starting Airflow: half a minute.")
    with LocalAirflow(home) as airflow:
        console.print(f"\n  {home.url}\n  user {USER}, password {home.password}\n", highlight=False)
        write_exports(home.folder / "env", home.environment())
        console.print(f"For `copydesk` and `airflow` in another shell: . {home.folder / 'env'}", highlight=False, soft_wrap=True)
        console.print(f"raw {home.raw}\nlake {home.lake}\nsources {home.sources}", highlight=False)
        console.print(
            "\nTry: an ingest DAG, Trigger, Backfill, 2026-11-01 to 2026-11-03. Ctrl-C stops everything.", highlight=False
        )
        while True:
            airflow.fail_if_one_ended()
            time.sleep(1)


def with_own_data(home: Home) -> Home:
    """The roots the environment names instead of the samples', and every other setting of Copydesk as it stands there."""
    settings = {name: value for name, value in os.environ.items() if name.startswith(PREFIX) and name not in ROOTS}
    return replace(
        home,
        raw=os.environ.get("COPYDESK_RAW") or home.raw,
        lake=os.environ.get("COPYDESK_LAKE") or home.lake,
        sources=os.environ.get("COPYDESK_SOURCES") or home.sources,
        variables={**home.variables, **settings},
    )


def refuse_taken(port: int) -> None:
    """BadInput where somebody listens there already."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as error:
            raise BadInput(f"port {port} is taken ({error.strerror}); choose another with PORT=8081") from None
