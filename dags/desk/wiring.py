"""The steps of an ingest run in their order, the same for the dump of a day and for an archive."""

from __future__ import annotations

from typing import Any

from desk import steps


def wire(source: str, publish: Any) -> Any:
    """Join the steps for a source, by its name or a template that gives it; the first of them."""
    shards = steps.plan(source)
    segmented = steps.segment.partial(source=source).expand(shard=shards)
    cleaned = steps.clean.partial(source=source).expand(shard=shards)
    published = publish(source)
    segmented >> steps.add_up_repetition(source) >> cleaned >> steps.judge(source) >> published
    steps.announce(source, published)
    return shards
