from __future__ import annotations

import pytest

from copydesk.benchmarks.conclusions import faster, leading, lost, our_entry, times_reference
from copydesk.benchmarks.contest import Entry, Table
from copydesk.benchmarks.scoring import Scores
from copydesk.benchmarks.speed import Speed


@pytest.fixture
def table(contestant):
    def entry(name, scores, speed=None, **told):
        return Entry(contestant(name, list, **told), scores, speed, 0)

    unseen = entry("copydesk (sites unseen)", Scores(f1=0.95, title=0.9, date=0.9), is_ours=True)
    shipped = entry(
        "copydesk (as shipped)", Scores(f1=0.99, title=0.99, date=0.99), Speed(100, 5, 4), is_ours=True, is_in_sample=True
    )
    peer = entry("peer", Scores(f1=0.93, title=0.903, date=0.97), Speed(400, 20, 16))
    slow = entry("slow", Scores(f1=0.91, title=0.5, date=0.5), Speed(25, 1, 1))
    return Table("harbour", "html", 3, 1, [unseen, shipped, peer, slow])


def test_copydesk_is_judged_on_sites_unseen_where_it_was_measured(table):
    assert our_entry(table).contestant.name == "copydesk (sites unseen)"
    assert our_entry(table._replace(entries=table.entries[1:])).contestant.is_in_sample


def test_each_set_is_led_by_the_best_of_the_others(table):
    (duel,) = leading([table])
    assert (duel.measure, duel.who, round(duel.lead, 3)) == ("f1", "peer", 0.02)


def test_what_is_lost_by_more_than_noise_is_told(table):
    assert [(duel.measure, duel.who, duel.best) for duel in lost([table])] == [("date", "peer", 0.97)]


def test_who_is_faster_is_told(table):
    assert faster([table]) == {"peer": 4}
    assert times_reference([table]) == (4, 4)
