from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import copydesk
from copydesk.curate.months import months_held
from copydesk.pipeline import curate, run_partition
from copydesk.run import Run
from copydesk.settings import Settings
from copydesk.sources import find
from copydesk.storage import Storage
from copydesk.views.article.page import Article, inspect
from copydesk.views.search.article_rows import look_up

SOURCE = """name = "{name}"
raw = "{name}/{{key}}/*"
format = "jsonl"
[record]
published_at = "published"
[quality]
max_quarantined_share = 1.0
min_words = 5
"""
BOTH = frozenset({"courier", "herald"})
TEXT = "{name} counted {n} boats on Monday, more than in any week since the bridge was mended, the office said."


class Press:
    """Publishers with dumps, and the lake that comes of them."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(raw=str(root / "raw"), lake=str(root / "lake"), sources=str(root / "sources"))
        self.lake = Storage.open(self.settings.lake)

    def dump(self, source: str, day: str, *pages: Mapping[str, Any]) -> None:
        """Ingest a day of a publisher."""
        folder = Path(self.settings.raw, source, day)
        folder.mkdir(parents=True)
        (folder / "pages.jsonl").write_text("".join(f"{json.dumps(page)}\n" for page in pages), "utf-8")
        Path(self.settings.sources).mkdir(exist_ok=True)
        Path(self.settings.sources, f"{source}.toml").write_text(SOURCE.format(name=source))
        run_partition(Run(find(source, self.settings.sources), day, "one", self.settings))

    def curate(self) -> None:
        for month in months_held(self.lake):
            curate(month, self.settings)

    def rows(self, dataset: str) -> list[dict[str, Any]]:
        return copydesk.read(dataset, root=self.settings.lake).to_pylist()

    def row_of(self, url: str) -> dict[str, Any]:
        """The row of the article at an address."""
        return next(row for row in self.rows("articles") if row["url"] == url)

    def article(self, url: str, sources: frozenset[str] = BOTH, **options: Any) -> Article:
        """That article as its page shows it, to somebody who may see these sources."""
        found = look_up(self.lake, self.row_of(url)["article_id"], None)
        assert found
        return inspect(self.settings, *found, sources, **options)


def page(n: int, *paragraphs: str, host: str = "courier.example", day: str = "2026-11-03", rail: bool = True) -> dict[str, Any]:
    """A page of an article, with a rail below it."""
    title = f"Boats counted at harbour {n}"
    text = paragraphs or tuple(TEXT.format(name=f"Harbour {n}", n=n + i) for i in range(3))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    links = "".join(f'<li><a href="https://{host}/other/{i}">Another story about gulls {i}</a></li>' for i in range(4))
    aside = f'<aside class="related"><h2>Most read</h2><ul>{links}</ul></aside>' if rail else ""
    html = f"<html><body><article><h1>{title}</h1>{body}</article>{aside}</body></html>"
    return {"url": f"https://{host}/{n}", "content": html, "published": f"{day}T10:00:00Z"}


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """Two publishers: one corrects an article, the other copies one, and one record is refused."""
    press = Press(tmp_path_factory.mktemp("press"))
    story = [
        "The harbour trust of Wrenmouth has sold its last steam crane to a museum in the north for a single pound, it said.",
        "Volunteers will take the crane apart over the winter and carry it away on four lorries before the first spring tide.",
        "Its driver for thirty years, Edda Quorn, said that she would miss the noise more than the coal dust on her sandwiches.",
    ]
    mended = [story[0], story[1].replace("four lorries", "five lorries"), story[2]]
    press.dump("courier", "2026-11-03", page(1, *story), page(2), page(3), {"url": "https://courier.example/4"})
    press.dump("courier", "2026-11-04", page(1, *mended), page(5))
    press.dump("herald", "2026-11-04", page(9, *mended, host="herald.example", day="2026-11-04"))
    press.curate()
    yield press
