"""Where fuzzing starts from: small files that are in order, plain and packed."""

from __future__ import annotations

from dataclasses import replace

from copydesk.benchmarks.formats.cases import PACKINGS
from copydesk.benchmarks.formats.samples import SAMPLES, pages
from copydesk.benchmarks.fuzz.targets import KINDS, READS
from copydesk.benchmarks.invention import Page

PAGES = 2
EXTRACTED = {"text/html": "html", "text/plain": "text"}


def seeds(target: str) -> list[bytes]:
    """Files the target takes without complaint."""
    if target in KINDS:
        return [SAMPLES[EXTRACTED[KINDS[target]]](_short_pages())]
    plain = SAMPLES[target.removeprefix(READS)](_short_pages())
    return [pack([plain]) for pack in PACKINGS.values()]


def _short_pages() -> list[Page]:
    """The shorter an input, the more of them are tried in a minute."""
    return [replace(page, paragraphs=page.paragraphs[:2]) for page in pages(PAGES)]
