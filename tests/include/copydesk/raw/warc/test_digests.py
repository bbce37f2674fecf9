from __future__ import annotations

import hashlib
from base64 import b32encode

import pytest

from copydesk.raw.warc.digests import matches

CONTENT = b"The ferry came back on Tuesday."


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
def test_a_digest_is_known_in_both_its_spellings(algorithm):
    digest = hashlib.new(algorithm, CONTENT)
    spellings = [digest.hexdigest(), digest.hexdigest().upper(), b32encode(digest.digest()).decode().rstrip("=")]
    for stated in (*spellings, b32encode(digest.digest()).decode()):
        assert matches(f"{algorithm}:{stated}", CONTENT) is True
        assert matches(f"{algorithm.upper()}:{stated}", CONTENT + b"!") is False


def test_a_hyphen_in_the_name_changes_nothing():
    assert matches("sha-256:" + hashlib.sha256(CONTENT).hexdigest(), CONTENT) is True


@pytest.mark.parametrize("digest", ["", "sha1", "sha1:", "sha1:abc", "crc32:abcdef01", hashlib.sha1(CONTENT).hexdigest()])
def test_what_cannot_be_checked_is_neither_right_nor_wrong(digest):
    assert matches(digest, CONTENT) is None
