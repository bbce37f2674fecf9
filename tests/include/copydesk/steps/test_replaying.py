"""What is in quarantine is done again after a correction, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from copydesk import pipeline
from copydesk.errors import BadInput
from copydesk.pipeline import run_partition
from copydesk.run import Run
from copydesk.sources import Quality

LOST = "between:word_count"


def strict(press: Any, min_words: int) -> None:
    quality = Quality(max_quarantined_share=1, min_words=min_words)
    press.source = press.source.model_copy(update={"quality": quality})


def rows(press: Any, dataset: str, lake: str = "lake") -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in press.rows(dataset, lake))


def short(page: dict[str, Any]) -> dict[str, Any]:
    """The same article with one paragraph of two, so that a strict source finds it too short."""
    head, first, *_ = page["content"].split("<p>")
    return page | {"content": f"{head}<p>{first}</article>"}


@pytest.fixture
def dump(press: Any, page: Any) -> list[list[Any]]:
    """Two files: articles that are long enough, some that are not, a page without a date, one twice, and what is no page."""
    one = [page(1), short(page(2)), page(3), page(3), page(4) | {"published": None}]
    two = [short(page(5)), page(6), short(page(7)), {"url": "https://paper.example/8"}]
    press.dump(one, two)
    return [one, two]


def test_a_corrected_rule_brings_back_exactly_the_records_it_should(press: Any, dump: Any) -> None:
    strict(press, 45)
    run_partition(press.run())
    assert sorted(row["reasons"][0] for row in press.rows("quarantine")) == [
        *[LOST] * 3,
        "duplicate_id",
        "missing_content",
        "not_null:published_at",
    ]
    strict(press, 5)
    counts = pipeline.replay(press.run())
    run_partition(press.run("anew"))

    assert (counts["replayed"], counts["accepted"], counts["not_found"]) == (6, 3, 0)
    for dataset in ("clean", "quarantine", "removed"):
        assert rows(press, dataset) == rows(press, dataset, "anew")
    replayed = next(run for run in press.rows("runs") if run["kind"] == "replay")
    assert replayed["records_seen"] == replayed["records_accepted"] + replayed["records_rejected"] == 9


def test_a_replay_without_a_correction_changes_no_row(press: Any, dump: Any) -> None:
    strict(press, 45)
    run_partition(press.run())
    before = {dataset: rows(press, dataset) for dataset in ("clean", "quarantine", "removed")}
    assert pipeline.replay(press.run())["accepted"] == 0

    assert {dataset: rows(press, dataset) for dataset in before} == before


def test_only_records_with_the_reason_are_done_again(press: Any, dump: Any) -> None:
    strict(press, 45)
    run_partition(press.run())
    strict(press, 5)

    assert pipeline.replay(press.run(), "duplicate_id")["accepted"] == 0
    assert pipeline.replay(press.run(), LOST)["accepted"] == 3


def test_records_whose_raw_file_is_another_by_now_stay_in_quarantine(press: Any, dump: Any, page: Any) -> None:
    strict(press, 45)
    run_partition(press.run())
    strict(press, 5)
    press.dump([page(90), page(91), page(92), page(93), page(94)])
    counts = pipeline.replay(press.run())

    assert (counts["accepted"], counts["not_found"]) == (2, 3)
    assert not [row for row in press.rows("clean") if row["url"] == "https://paper.example/91"]


def test_a_replay_that_was_killed_half_way_is_ended_by_a_second_one(
    press: Any, dump: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk.lake.publishing import Publication

    strict(press, 45)
    run_partition(press.run())
    strict(press, 5)
    publish = Publication.publish

    def killed(publication: Publication, *rest: Any) -> Any:
        if publication.dataset.name == "clean":
            raise KeyboardInterrupt
        return publish(publication, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(Publication, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.replay(press.run())
    assert len(press.rows("clean")) + len(press.rows("quarantine")) == 6
    pipeline.replay(press.run())
    run_partition(press.run("anew"))

    assert rows(press, "clean") == rows(press, "clean", "anew")


def test_pieces_of_a_large_file_are_found_again(press: Any, page: Any) -> None:
    pages = [page(n) | {"content": page(n)["content"] + f"<!--{'x' * 20_000}-->"} for n in range(80)]
    press.dump([short(one) if n % 9 == 0 else one for n, one in enumerate(pages)])
    strict(press, 45)
    run_partition(press.run(shard_bytes=1 << 19))
    lost = len(press.rows("quarantine"))
    strict(press, 5)
    counts = pipeline.replay(press.run(shard_bytes=1 << 19))

    assert (counts["accepted"], counts["not_found"]) == (lost, 0)
    assert len(press.rows("clean")) == 80


def test_there_must_be_something_published(press: Any, page: Any) -> None:
    press.dump([page(1)])
    run: Run = press.run()
    with pytest.raises(BadInput, match="nothing of it is published"):
        pipeline.replay(run)
