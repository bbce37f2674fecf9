"""What a run comes to where the machine, the storage or the clock is not as it should be; docs/operations/troubleshooting.md."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from copydesk import pipeline, read
from copydesk.raw.arrival import has_arrived
from copydesk.run import Run
from copydesk.sources import Source
from copydesk.storage import Storage
from localairflow.objects import ObjectStore
from timing import done_within

DAY = "2026-11-03"
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-euc"]
RUN = f'"{sys.executable}" -m copydesk.cli run gazette {DAY}'


def in_namespace(script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A shell that may mount, and nobody else sees it; no root is needed, but a kernel that lets people do that."""
    probe = (
        subprocess.run([*NAMESPACE, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
        if shutil.which("unshare")
        else None
    )
    if probe is None or probe.returncode:
        pytest.skip("this machine lets nobody mount anything in a namespace of their own")
    return subprocess.run([*NAMESPACE, script], env=os.environ | more, capture_output=True, text=True, check=False, timeout=800)


def urls(root: Path) -> list[str]:
    return sorted(row.rpartition("/")[2] for row in read("clean", root=root / "lake")["url"].to_pylist())


def test_a_full_disk_fails_the_run_with_its_reason_and_a_second_call_ends_it(gazette: Any) -> None:
    """First with 100 kB left, then, on the same disk, with enough."""
    gazette.deliver(long=range(1, 9), short=[9])
    lake = gazette.root / "lake"
    done = in_namespace(
        f"mount -t tmpfs -o size=100k none {lake}; {RUN} 2> {gazette.root}/said && exit 9; [ $? = 1 ]; find {lake} -name _manifest.json; "
        f"mount -o remount,size=100m {lake}; {RUN}; cp -r {lake} {gazette.root}/kept"
    )
    assert done.returncode == 0, done.stderr
    said = (gazette.root / "said").read_text()
    assert "No space left on device" in said
    assert said.endswith("; try again when that is mended\n")
    assert f"gazette {DAY}: verdict" in done.stdout
    assert "_manifest.json" not in done.stdout
    shutil.rmtree(lake)
    shutil.move(gazette.root / "kept", lake)
    assert len(urls(gazette.root)) == 8


def test_where_files_may_not_grow_any_more_the_day_of_before_stands(published: Any) -> None:
    """A quota, as RLIMIT_FSIZE: works wherever Python does."""
    before = urls(published.root)
    published.deliver(long=range(20, 60), short=[])
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (20_000, 20_000))
    done = subprocess.run(["sh", "-c", RUN], preexec_fn=limit, capture_output=True, text=True, check=False, timeout=800)
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert urls(published.root) == before


def test_a_lake_that_is_read_only_refuses_at_once_and_can_be_read(published: Any) -> None:
    before = urls(published.root)
    lake = published.root / "lake"
    look = "import copydesk; print(copydesk.read('clean', columns=['url']).num_rows)"
    done = in_namespace(
        f'mount --bind {lake} {lake}; mount -o remount,bind,ro {lake}; "{sys.executable}" -c "{look}"; {RUN} || echo code $?'
    )
    assert done.stdout.splitlines() == ["8", "code 2"]
    assert f"{lake}" in done.stderr
    assert "Read-only file system" in done.stderr
    assert urls(published.root) == before


@pytest.fixture
def strange(store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A lake in a bucket, with a key of the user `desk`."""

    def name(bucket: str, secret: str) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "desk")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
        monkeypatch.setenv("COPYDESK_LAKE", f"s3://{bucket}/lake?{store.options}")

    return name


@pytest.mark.integration
@pytest.mark.parametrize(("bucket", "secret"), [("news", "not-the-secret-of-desk"), ("nowhere", "keys")])
def test_wrong_keys_and_a_wrong_bucket_are_told_at_once_without_the_key(
    gazette: Any, call: Any, strange: Any, bucket: str, secret: str
) -> None:
    gazette.deliver(long=range(1, 9), short=[])
    strange(bucket, secret)
    found = call("run", "gazette", DAY)
    assert (found.code in (1, 2), found.out) == (True, "")
    assert f"s3://{bucket}" in found.err
    assert "name another root" in found.err
    assert "not-the-secret" not in found.err


@pytest.fixture
def expired() -> Iterator[str]:
    """The query of an `s3://` address where every token has expired."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>"
            self.send_response(400)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer  # noqa: N815 (as the library calls them)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"scheme=http&region=us-east-1&endpoint_override=127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_token_that_has_expired_is_an_error_that_may_heal_and_says_so(
    gazette: Any, call: Any, expired: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role's token is renewed, so Airflow tries again; then the task is red with these words."""
    gazette.deliver(long=range(1, 9), short=[])
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, f"value-of-{name}")
    monkeypatch.setenv("COPYDESK_LAKE", f"s3://news/lake?{expired}")
    found = call("run", "gazette", DAY)
    assert (found.code, found.out) == (1, "")
    assert "The provided token has expired" in found.err
    assert "value-of-AWS_SECRET_ACCESS_KEY" not in found.err


def test_files_from_an_hour_ahead_give_the_same_bytes(gazette: Any, call: Any) -> None:
    gazette.deliver(long=range(1, 9), short=[9])
    assert call("run", "gazette", DAY).code == 0
    lake = gazette.root / "lake"
    before = {path.relative_to(lake): path.read_bytes() for path in (lake / "clean").rglob("*.*")}
    ahead = time.time() + 3600
    os.utime(gazette.root / "raw" / DAY / "0.jsonl", (ahead, ahead))
    shutil.rmtree(lake)
    assert call("run", "gazette", DAY).code == 0
    assert {path.relative_to(lake): path.read_bytes() for path in (lake / "clean").rglob("*.*")} == before


def test_a_clock_an_hour_behind_waits_longer_and_one_an_hour_ahead_takes_a_dump_for_settled(tmp_path: Path) -> None:
    """Without a marker the age of files decides, and the age is told by two clocks. A marker needs none."""
    raw = Storage.open(str(tmp_path / "raw"))
    keys = {"name": "lbc", "raw": "lbc/{key}/*", "format": "text", "on_missing": "wait"}
    at_rest = Source.model_validate(keys)
    marked = Source.model_validate({**keys, "arrival": {"marker": "lbc/{key}/_SUCCESS"}})
    now = datetime.now(UTC)
    key = date.fromordinal(now.toordinal()).isoformat()
    raw.write_bytes(f"lbc/{key}/1.txt", b"The ferry is late.")
    hour = timedelta(hours=1)
    assert not has_arrived(raw, at_rest, key, now - hour)
    assert has_arrived(raw, at_rest, key, now + hour)
    assert not has_arrived(raw, marked, key, now + hour)


def test_ten_thousand_files_of_a_day_are_each_in_one_shard_and_planned_in_seconds(gazette: Any) -> None:
    """XCom carries the numbers of the shards; the list of files lies in the work folder."""
    folder = gazette.root / "raw" / DAY
    folder.mkdir()
    for n in range(10_000):
        (folder / f"{n:05}.jsonl").write_text(json.dumps({"url": f"https://gazette.example/{n}", "content": "<p>Late."}))
    runs = (
        Run.from_env("gazette", DAY, f"many-{attempt}") for attempt in count()
    )  # a second plan of one would keep what the first found
    run, shards = done_within(30, lambda: (run := next(runs), pipeline.plan(run)))
    planned = [file["path"] for shard in run.work.read_json("plan.json")["shards"] for file in shard]
    assert sorted(planned) == sorted(f"{DAY}/{n:05}.jsonl" for n in range(10_000))
    assert len(shards) <= run.settings.max_shards


def test_a_day_of_hundreds_of_files_is_run_to_its_end_and_each_is_accounted_for(gazette: Any) -> None:
    """Ten thousand were run by hand: docs/operations/troubleshooting.md has what they took."""
    folder = gazette.root / "raw" / DAY
    folder.mkdir(exist_ok=True)
    text = "<p>The harbour office counted more boats on Monday than in any week since the bridge was mended, said clerk {n}."
    for n in range(300):
        page = f"<article><h1>Boats counted, part {n}</h1>{text.format(n=n) * 6}</article>"
        (folder / f"{n:03}.jsonl").write_text(
            json.dumps({"url": f"https://gazette.example/{n}", "content": page, "published": f"{DAY}T10:00:00Z"})
        )
    pipeline.run_alone(Run.from_env("gazette", DAY, "many"))
    (run,) = read("runs", root=gazette.root / "lake", columns=["inputs", "records_seen"]).to_pylist()
    assert sorted(Path(file["uri"]).name for file in run["inputs"]) == [f"{n:03}.jsonl" for n in range(300)]
    assert run["records_seen"] == 300
    kept = read("clean", root=gazette.root / "lake", columns=["url"]).num_rows
    assert kept + read("quarantine", root=gazette.root / "lake", columns=["stage"]).num_rows == 300
    assert kept > 250
