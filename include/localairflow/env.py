"""`make env`: the file `.env` that docker-compose.yaml asks for, with fresh secrets. Needs nothing but Python."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

TEMPLATE = """\
# Made by `make env`; kept by you: whoever has this file has everything. It is in no image and no commit.

POSTGRES_PASSWORD={postgres}
# Of the database that has Celery's results and nothing else.
CELERY_PASSWORD={celery}
VALKEY_PASSWORD={valkey}
S3_ACCESS_KEY={s3_access}
S3_SECRET_KEY={s3_secret}
# Encrypts connections and variables in the database: without it a restored database cannot be read.
AIRFLOW_FERNET_KEY={fernet}
# Signs sessions, and the tokens tasks show; all hosts have the same.
AIRFLOW_SECRET_KEY={session}
AIRFLOW_JWT_SECRET={jwt}
# Signs in to the UI as `admin`.
AIRFLOW_ADMIN_PASSWORD={admin}
# Signs in to Grafana as `admin`, where the profile `metrics` runs.
GRAFANA_PASSWORD={grafana}

# Port of the UI, reachable from this machine only; put a proxy with TLS before it to open it further.
UI_PORT=8080
# Folder of the source files.
COPYDESK_SOURCES=./include/sources
# Elsewhere than in the store that comes along: s3:// roots, with AWS_ENDPOINT_URL, AWS_REGION and the S3 keys above for them.
#COPYDESK_RAW=s3://raw
#COPYDESK_LAKE=s3://lake
# An Airflow connection that has the keys of those, instead of S3_ACCESS_KEY and S3_SECRET_KEY.
#COPYDESK_CONNECTION=the_store
# Tasks at once in one worker, and in all workers together.
WORKER_CONCURRENCY=2
PARALLELISM=6
# Metrics go to the services of the profile `metrics`.
METRICS=False
# Who is told of failures, held runs and overdue days, and how long what is kept (docs/operations).
#COPYDESK_NOTIFY=mailto:desk@example.org
#COPYDESK_KEEP_REMOVED_DAYS=365
# On a host that only has workers: the address of the host that has the rest.
#MAIN_HOST=
"""


def text() -> str:
    """The file, with secrets nobody has seen: letters and figures, which are safe in URLs and JSON."""
    return TEMPLATE.format(
        postgres=secrets.token_hex(24),
        celery=secrets.token_hex(24),
        valkey=secrets.token_hex(24),
        s3_access=secrets.token_hex(10),
        s3_secret=secrets.token_hex(24),
        fernet=base64.urlsafe_b64encode(os.urandom(32)).decode(),
        session=secrets.token_hex(32),
        jwt=secrets.token_hex(32),
        admin=secrets.token_hex(10),
        grafana=secrets.token_hex(10),
    )


def main(arguments: list[str]) -> int:
    """Write the file for its owner's eyes; 1 where there is one, for a database cannot be opened with other secrets."""
    file = Path(arguments[0] if arguments else ".env")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        sys.stderr.write(f"{file} is there already and stays as it is: the volumes were made with its secrets\n")
        return 1
    with os.fdopen(handle, "w") as stream:
        stream.write(text())
    sys.stdout.write(f"{file}: fresh secrets, for your eyes only; next: docker compose up --build --detach\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
