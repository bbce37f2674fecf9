"""Object storage: how a bucket is opened, and what its answers mean."""

from __future__ import annotations

import os
import re
from urllib.parse import parse_qsl, unquote, urlsplit

import pyarrow as pa
from pyarrow import fs

from copydesk.errors import BadInput
from copydesk.filesystems.connection import take_keys

GONE = ("NO_SUCH_KEY", "RESOURCE_NOT_FOUND")  # the second is a 404 whose body says nothing, as SeaweedFS gives it at times
ONE_PUT = "allow_delayed_open=true"  # a small object is one request instead of three
REQUEST_TRIES = 5  # with pauses that double: some seconds in all, as long as a store is away that is restarted
# What object storage answers when the call itself is wrong; anything else may heal and stays an OSError.
REFUSED = re.compile(
    r"NO_SUCH_BUCKET|ACCESS_DENIED|INVALID_ACCESS_KEY_ID|SIGNATURE_DOES_NOT_MATCH|INVALID_CLIENT_TOKEN_ID|HTTP status 40[134]"
    r"|Bucket '.*' not found"
)


def open_bucket(uri: str) -> tuple[str, fs.FileSystem, str]:
    """Its URI without credentials and options, its files, and the path of the root among them."""
    if not urlsplit(uri).hostname:
        raise BadInput(f"{uri!r} names no bucket; give s3://bucket/folder")
    if not urlsplit(uri).username:
        take_keys()
    try:
        plain, base = fs.FileSystem.from_uri(f"{uri}{'&' if urlsplit(uri).query else '?'}{ONE_PUT}")
        filesystem = _patient(uri, plain)
    except (pa.ArrowInvalid, OSError) as error:
        if isinstance(error, pa.ArrowInvalid) or REFUSED.search(str(error)):
            raise BadInput(f"s3://{urlsplit(uri).hostname}: {error}; check the URI and the bucket's name") from None
        raise
    base = base.rstrip("/")
    return f"s3://{base}", filesystem, base


def _patient(uri: str, plain: fs.S3FileSystem) -> fs.S3FileSystem:
    """The same with more tries of a request, which Arrow offers to its constructor alone; as it is where the URI says more than that takes."""
    parts = urlsplit(uri)
    options = dict(parse_qsl(parts.query))
    if not options.keys() <= {"scheme", "region", "endpoint_override"}:
        return plain
    # Of the environment the constructor takes the keys, but not the address, which a URI is given by Arrow itself.
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or "")
    if endpoint.netloc and "endpoint_override" not in options:
        options |= {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme}
    options.setdefault("region", plain.region)
    keys = {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")} if parts.username else {}
    retries = fs.AwsStandardS3RetryStrategy(max_attempts=REQUEST_TRIES)
    return fs.S3FileSystem(**options, **keys, retry_strategy=retries, allow_delayed_open=True)


def is_gone(error: OSError) -> bool:
    """Whether a file went away, also while it is being opened, which object storage does not call FileNotFoundError."""
    return isinstance(error, FileNotFoundError) or any(code in str(error) for code in GONE)
