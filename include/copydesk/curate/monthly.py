"""A month's articles with their versions and copies, put where readers look."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from copydesk.curate.crawled import Crawled, crawled, in_month
from copydesk.curate.history import publish_versions
from copydesk.curate.linking import links_of
from copydesk.curate.partitions import clean_partitions
from copydesk.curate.published import days_published, publish_days
from copydesk.curate.signing import signatures
from copydesk.curate.stories import Stories
from copydesk.curate.versions import current, texts
from copydesk.schema import ARTICLES
from copydesk.storage import Storage


def publish_month(storage: Storage, month: str) -> dict[str, int]:
    """Replace each day that the month has or had, and count."""
    clean = clean_partitions(storage)
    seen = crawled(storage, clean, month)
    sightings = _under_one_id(storage, seen)
    articles = _linked(in_month(current(sightings), month), Stories(links_of(storage)).links(month))
    had = {day for day in days_published(storage) if day.startswith(month)}
    days = sorted(had.union(pc.unique(articles["day"]).to_pylist()))
    rewritten = publish_days(storage, clean, ARTICLES, days, articles)
    several = articles.filter(pc.greater(articles["version"], 1))
    publish_versions(storage, clean, month, several, texts(_of_articles(sightings, several)))
    return {
        "days": len(days),
        "days_rewritten": rewritten,
        "articles": articles.num_rows,
        "versions_superseded": (pc.sum(articles["version"]).as_py() or 0) - articles.num_rows,
        "copies": articles.num_rows - articles["duplicate_of"].null_count,
        "repeats_removed": seen.repeats,
        "withdrawn": seen.withdrawn,
    }


def _under_one_id(storage: Storage, seen: Crawled) -> pa.Table:
    """All sightings, those of an article that changed its address under its last id; `seen_as` is the id of each by itself."""
    sightings = seen.sightings
    moves = signatures(storage, [seen.month], ["article_id", "superseded_by"], pc.field("superseded_by").is_valid())
    place = pc.index_in(sightings["article_id"], value_set=moves["article_id"].combine_chunks())
    successor = moves["superseded_by"].combine_chunks().take(place.combine_chunks())
    one_id = pc.coalesce(successor, sightings["article_id"].combine_chunks())
    return sightings.append_column("seen_as", sightings["article_id"]).set_column(0, "article_id", one_id)


def _linked(articles: pa.Table, links: pa.Table) -> pa.Table:
    """`articles` with story_id, duplicate_of, copies and similarity."""
    place = pc.index_in(articles["article_id"], value_set=links["article_id"].combine_chunks()).combine_chunks()
    found = links.take(place)
    no_copies = pa.array([[]] * articles.num_rows, pa.list_(pa.string()))
    return (
        articles.append_column("story_id", pc.coalesce(found["story_id"], articles["article_id"]))
        .append_column("duplicate_of", found["duplicate_of"])
        .append_column("copies", pc.if_else(pc.is_valid(found["copies"]), found["copies"], no_copies))
        .append_column("similarity", found["similarity"])
    )


def _of_articles(sightings: pa.Table, articles: pa.Table) -> pa.Table:
    return sightings.filter(pc.is_in(sightings["article_id"], value_set=articles["article_id"].combine_chunks()))
