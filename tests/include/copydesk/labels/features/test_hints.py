from __future__ import annotations

from copydesk.blocks.segment import segment
from copydesk.labels.features.hints import Hints, hints
from copydesk.labels.repetition import counts_of
from copydesk.labels.texts.lines import look
from copydesk.records import Origin, Record

STATED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Wall closed", "articleBody": "It fell."}</script>'
)
PAGE = f'<head><title>Wall closed | Courier</title><meta name="description" content="A storm.">{STATED}</head><p>It fell.</p>'


def of(*contents: str) -> Hints:
    records = [
        Record(content.encode(), "text/html" if content.startswith("<") else "text/plain", Origin(str(i)), id=str(i))
        for i, content in enumerate(contents)
    ]
    found = segment(records, max_depth=10)
    return hints(found.documents, found.blocks, counts_of([found]), look(found.blocks["text"].combine_chunks()))


def test_the_most_trusted_title_is_taken():
    assert of(PAGE, "A line").titles.to_pylist() == ["Wall closed", None]


def test_summary_and_text_are_those_the_page_states():
    found = of("A line", PAGE)
    assert found.descriptions.to_pylist() == [None, "A storm."]
    assert found.bodies.to_pylist() == [None, "It fell."]


def test_no_documents_have_no_hints():
    assert len(of().titles) == len(of().repetition) == 0
