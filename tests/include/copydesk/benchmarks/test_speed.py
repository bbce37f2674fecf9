from __future__ import annotations

from copydesk.benchmarks.contestants import Reading
from copydesk.benchmarks.sets import pages
from copydesk.benchmarks.speed import Pace, race, slowest, text_speed

PACE = Pace(rounds=3, pages=2)


def busy(rounds: int):
    """A reader that works, a page's worth at a time; the last page of all is the hardest."""

    def read(found):
        for page in found:
            sum(range(rounds * (1 + 9 * page.id.endswith("2"))))
        return [Reading() for _ in found]

    return read


def test_speeds_are_held_against_the_reference_in_the_same_run(gold, contestant):
    everyone = [
        contestant("trafilatura", busy(400_000), is_timed=True),
        contestant("quick", busy(40_000), is_timed=True),
        contestant("untimed", busy(1)),
    ]
    speeds = race(everyone, pages(gold, "html"), PACE)
    assert speeds.keys() == {"trafilatura", "quick"}
    assert speeds["trafilatura"].times_reference == 1
    assert speeds["quick"].times_reference > 2
    assert speeds["quick"].documents_per_s > speeds["trafilatura"].documents_per_s


def test_without_the_reference_there_is_no_ratio(gold, contestant):
    assert race([contestant("quick", busy(10), is_timed=True)], pages(gold, "html"), PACE)["quick"].times_reference is None


def test_the_slowest_page_is_found(gold, contestant):
    found = pages(gold, "html")
    assert slowest(contestant("quick", busy(100_000)), found).size_bytes == found[2].size_bytes


def test_texts_of_another_size_are_not_timed(gold):
    assert text_speed([gold], 4, PACE) is None


def test_texts_of_the_right_size_are_read_each_once_until_there_are_enough(gold):
    gold.rows[0]["text_full"] = "\n".join([gold.rows[0]["body"]] * 18)
    gold.rows[1]["text_full"] = gold.rows[0]["text_full"] + "\nMost read"
    for wanted, read in ((1, gold.rows[:1]), (4, gold.rows[:2])):
        found = text_speed([gold, gold], wanted, PACE)
        sizes = [len(row["text_full"].encode()) for row in read]
        assert (found.documents, found.mean_bytes) == (len(read), sum(sizes) / len(sizes))
        assert found.documents_per_s > 0
