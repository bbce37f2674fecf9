from __future__ import annotations

from collections.abc import Callable

import pytest

from copydesk.blocks.segment import segment
from copydesk.blocks.table import Segmented
from copydesk.labels.labelling import Labelled, label
from copydesk.labels.repetition import Counts, counts_of
from copydesk.records import Origin, Record

Segmenting = Callable[..., Segmented]
Labelling = Callable[..., tuple[Segmented, Labelled]]

PARAGRAPHS = (
    "The harbour wall at Wrenmouth will be closed to walkers until spring, after a winter storm tore forty stones out of its crown.",
    "Masons need dry weather and a low tide at once, which the almanac promises on nine days before Easter, the council said.",
    "“We would rather be late than wet,” said the foreman, Ravi Stenhouse. His grandfather laid the same stones in 1931.",
    "Anglers have asked for a ladder on the sheltered side. The council will answer them when it meets in the first week of March.",
)


def _record(number: int, content: str) -> Record:
    media_type = "text/html" if content.startswith("<") else "text/plain"
    return Record(content.encode(), media_type, Origin(str(number)), id=str(number), url=f"https://site{number}.example/a")


@pytest.fixture(scope="session")
def segmented() -> Segmenting:
    """Pages or texts, each from a site of its own, cut into blocks."""
    return lambda *contents: segment([_record(i, content) for i, content in enumerate(contents)], max_depth=100)


@pytest.fixture(scope="session")
def labelled(segmented: Segmenting) -> Labelling:
    """The same with labels."""

    def run(*contents: str) -> tuple[Segmented, Labelled]:
        parts = segmented(*contents)
        return parts, label(parts.documents, parts.blocks, counts_of([parts]))

    return run


@pytest.fixture(scope="session")
def article() -> str:
    """A text with a title, a date, paragraphs and a rail."""
    rail = "\n".join(("More local news", "Otters seen below the mill", "Bakery opens at midnight", "Chess club loses its clock"))
    return f"Harbour wall closed to walkers\n7 February 2024, 15:24\n{chr(10).join(PARAGRAPHS)}\nBy Press Association\n{rail}\n"


@pytest.fixture(scope="session")
def page() -> str:
    """The same as a page, with a menu and comments."""
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        "<html><head><title>Harbour wall closed</title></head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li></ul></nav>"
        f"<article><h1>Harbour wall closed</h1><div class=body>{paragraphs}</div></article>"
        "<div class=comments><p>Nonsense, I walked there today.</p></div><footer>© 2026 The Courier</footer></body></html>"
    )


@pytest.fixture(scope="session")
def counts() -> Callable[[Segmented], Counts]:
    """How often lines stand in the documents themselves."""
    return lambda parts: counts_of([parts])
