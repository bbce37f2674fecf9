"""Gives `admin` the password of `.env`, in the file that Airflow's simple auth manager reads whenever somebody signs in.

The service `init` of docker-compose.yaml runs it each time; other users keep the passwords they have there.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

USER, VARIABLE = "admin", "ADMIN_PASSWORD"


def set_password(file: Path, password: str) -> bool:
    """Whether it was another; ValueError where the file is no list of passwords."""
    text = file.read_text() if file.exists() else ""
    known = json.loads(text) if text.strip() else {}
    if known.get(USER) == password:
        return False
    scratch = file.with_name(f".{file.name}.new")
    scratch.unlink(missing_ok=True)
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(json.dumps({**known, USER: password}) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    scratch.replace(file)
    return True


def main(arguments: list[str]) -> int:
    """0 once the file has the password; it is never printed."""
    [name] = arguments
    file, password = Path(name), os.environ.get(VARIABLE, "")
    if not password:
        sys.stderr.write(f"{VARIABLE} is empty; set AIRFLOW_ADMIN_PASSWORD in .env\n")
        return 1
    try:
        is_new = set_password(file, password)
    except (ValueError, AttributeError):
        sys.stderr.write(f"{file}: no list of passwords; delete it and start again, which makes a new one\n")
        return 1
    sys.stdout.write(f"{file}: {USER} has {'a new' if is_new else 'the same'} password\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
