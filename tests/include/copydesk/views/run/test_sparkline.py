from __future__ import annotations

from copydesk.views.run.sparkline import EDGE, HEIGHT, WIDTH, draw


def test_the_oldest_value_is_to_the_left_and_todays_at_the_right_edge() -> None:
    chart = draw([1, 3], 2, None, 0.1)

    assert chart is not None
    assert [x for x, _ in chart.past] == [EDGE, WIDTH / 2]
    assert chart.today == (WIDTH - EDGE, HEIGHT / 2)
    assert [y for _, y in chart.past] == [HEIGHT - EDGE, EDGE]
    assert chart.line == f"{EDGE},{HEIGHT - EDGE} {WIDTH // 2},{EDGE} {WIDTH - EDGE},{HEIGHT // 2}"


def test_the_band_of_the_usual_is_in_sight() -> None:
    chart = draw([0.5], 0.5, (0.0, 1.0), 0.1)

    assert chart is not None
    assert chart.band == (EDGE, HEIGHT - 2 * EDGE)


def test_values_that_hardly_differ_look_as_if_they_did_not() -> None:
    chart = draw([0.940], 0.939, None, 0.05)

    assert chart is not None
    assert chart.today is not None
    assert abs(chart.past[0][1] - chart.today[1]) < 1


def test_a_value_that_is_not_known_leaves_a_gap_and_none_at_all_no_chart() -> None:
    chart = draw([1, None, 1], None, None, 1)

    assert chart is not None
    assert (len(chart.past), chart.today) == (2, None)
    assert draw([None], None, None, 1) is None
