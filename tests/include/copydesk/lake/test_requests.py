"""How often a bucket is asked does not depend on how long the lake has been there: up to a thousand names are listed by one request."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

import copydesk
from copydesk import pipeline
from copydesk.lake.publishing import replace_partition
from copydesk.lake.run_files import RunFiles
from copydesk.run import Run
from copydesk.schema import CLEAN
from copydesk.settings import Settings
from copydesk.sources import Source
from copydesk.storage import Storage
from copydesk.upkeep.overdue import check_published
from copydesk.views.run.figures import past_figures

sys.path.insert(0, str(Path(__file__).parent))
from counted_requests import Requests, relay

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

FIRST = date(2026, 11, 1)
NEXT = FIRST + timedelta(days=1)
PAPERS = ("courier", "gazette")
FEW, MANY = 45, 260  # days; a run looks back over some forty, however many there are
MORE = 120  # and a curation over those that hold something of its month
WEEK = {"start": str(FIRST - timedelta(days=6)), "end": str(FIRST), "columns": ["title"]}
PAST = 28  # runs, whose figures stand beside those of a run
LISTED_AT_MOST = 75  # by a run of a day and the curation after it


def article(paper: str, day: date, number: int) -> str:
    told = "".join(
        f"<p>The harbour office of the {paper} counted {number * 7 + line} boats on {day}, more than in any week since the "
        f"bridge was mended, said clerk {line}.</p>"
        for line in range(6)
    )
    page = f"<article><h1>Boats counted on {day}, part {number}</h1>{told}</article>"
    return json.dumps({"url": f"https://{paper}.example/{day}/{number}", "content": page, "published": f"{day}T10:00:00Z"})


class Desk:
    """Raw dumps of two papers and a lake in a bucket, of which every request is counted."""

    def __init__(self, raw: str, lake: str, requests: Requests) -> None:
        self.settings = Settings(raw=raw, lake=lake, sources=".", processes=1)
        self.requests = requests
        self.storage = Storage.open(lake)
        for paper in PAPERS:
            for day in (FIRST, NEXT):
                lines = "\n".join(article(paper, day, number) for number in range(3))
                Storage.open(raw).write_bytes(f"{paper}/{day}/all.jsonl", lines.encode())

    def run(self, paper: str, day: date, run_id: str) -> Run:
        table = {"name": paper, "raw": f"{paper}/{{key}}/*", "format": "jsonl", "record": {"published_at": "published"}}
        return Run(Source.model_validate(table), str(day), run_id, self.settings)

    def plant(self, days: range) -> None:
        """Days before the first that are as that one is, for whoever lists or reads the lake."""
        templates = {file.path: self.storage.read_bytes(file.path) for file in self.storage.files() if str(FIRST) in file.path}
        made = [(str(FIRST - timedelta(days=back)), path, data) for back in days for path, data in templates.items()]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: self._plant(*one), made))

    def _plant(self, day: str, path: str, data: bytes) -> None:
        if path.endswith(".json"):
            data = data.replace(str(FIRST).encode(), day.encode())
        self.storage.write_bytes(path.replace(str(FIRST), day), data)

    def plant_articles(self, days: range) -> None:
        """Dumps of days before the first, each with articles of that day which no other has."""
        tables = {paper: copydesk.read("clean", FIRST, FIRST, [paper], root=self.settings.lake) for paper in PAPERS}
        made = [(paper, FIRST - timedelta(days=back), table) for back in days for paper, table in tables.items()]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: self._plant_articles(*one), made))

    def _plant_articles(self, paper: str, day: date, table: pa.Table) -> None:
        ids = [hashlib.md5(f"{day} {known}".encode()).hexdigest() for known in table["article_id"].to_pylist()]
        moments = [datetime(day.year, day.month, day.day, 10, tzinfo=UTC)] * len(ids)
        for name, values in (("article_id", ids), ("published_at", moments)):
            place = table.schema.get_field_index(name)
            table = table.set_column(place, name, pa.array(values, table.schema.field(name).type))
        replace_partition(self.storage, CLEAN, {"source": paper, "dump": day}, table, {"published_days": [str(day)]})

    def page_of_a_run(self) -> Counter[str]:
        """What is asked for by a process that shows its first run, with the figures of the runs before it."""
        files = RunFiles(self.storage)
        self.requests.take()
        line = files.of_dump(PAPERS[0], str(FIRST))[-1]
        assert len(past_figures(files, line, PAST)) == PAST
        return self.requests.take()

    def listed(self, act) -> int:
        self.requests.take()
        act()
        return self.requests.take()["LIST"]

    def curation(self, run_id: str) -> Counter[str]:
        """What is asked for by the curation after a run."""
        pipeline.run_alone(self.run(PAPERS[0], NEXT, run_id))
        self.requests.take()
        pipeline.curate("2026-11", self.settings)
        return self.requests.take()

    def counts(self, run_id: str) -> dict[str, int]:
        """How often what people and schedulers do all day lists the bucket."""
        lake, run = self.settings.lake, self.run(PAPERS[0], NEXT, run_id)
        pages = RunFiles(self.storage)
        return {
            "a run of a day": self.listed(lambda: pipeline.run_alone(run)),
            "its curation": self.listed(lambda: pipeline.curate("2026-11", self.settings)),
            "is it published": self.listed(lambda: check_published(run)),
            "articles of a week": self.listed(lambda: copydesk.read(root=lake, **WEEK)),
            "of one source": self.listed(lambda: copydesk.read(root=lake, sources=[PAPERS[0]], **WEEK)),
            "the page of a month": self.listed(lambda: pages.lines("2026-11", "2026-11")),
            "the page of a dump": self.listed(lambda: pages.of_dump(PAPERS[0], str(NEXT))),
        }


ASKED_AT_MOST = 200  # by a curation, of all kinds


@pytest.fixture
def desk(store, request):
    with relay(int(str(urlsplit(store.url).port))) as (port, requests):
        options = f"scheme=http&region=us-east-1&endpoint_override=127.0.0.1:{port}"
        roots = [f"s3://owner:keys@archive/{request.node.name}/{name}?{options}" for name in ("raw", "lake")]
        yield Desk(*roots, requests)


def test_a_run_a_read_and_a_page_list_as_often_in_a_lake_of_many_days_as_of_few(desk):
    for paper in PAPERS:
        pipeline.run_alone(desk.run(paper, FIRST, "first"))
    pipeline.curate("2026-11", desk.settings)
    desk.plant(range(1, FEW))
    pipeline.run_alone(desk.run(PAPERS[0], NEXT, "zero"))  # what is published a second time is listed once more
    pipeline.curate("2026-11", desk.settings)
    few = desk.counts("few")
    desk.page_of_a_run()  # keeps in short what it has read
    few_of_a_page = desk.page_of_a_run()
    desk.plant(range(FEW, MANY))
    assert len(copydesk.read("clean", columns=["title"], root=desk.settings.lake)) == (len(PAPERS) * MANY + 1) * 3
    many = desk.counts("many")
    assert many == few
    assert desk.page_of_a_run() == few_of_a_page
    assert few["a run of a day"] + few["its curation"] <= LISTED_AT_MOST


def test_a_month_is_curated_by_as_many_requests_in_a_lake_of_many_days_as_of_few(desk):
    for paper in PAPERS:
        pipeline.run_alone(desk.run(paper, FIRST, "first"))
    desk.plant_articles(range(1, FEW))
    pipeline.curate("2026-11", desk.settings)
    desk.curation("zero")
    few = desk.curation("few")
    desk.plant_articles(range(FEW, MORE))
    pipeline.curate("2026-11", desk.settings)
    many = desk.curation("many")
    assert len(copydesk.read("clean", columns=["title"], root=desk.settings.lake)) == (len(PAPERS) * MORE + 1) * 3
    assert many == few
    assert many.total() <= ASKED_AT_MOST
