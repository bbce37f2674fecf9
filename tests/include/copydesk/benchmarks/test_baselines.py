from __future__ import annotations

from copydesk.benchmarks.baselines import best_run, everything, sentences

PARAGRAPH = "The harbour wall will be closed to walkers until spring, after a storm tore forty stones out of it."
TEASER = "The bakery opens at midnight now."
MENU = [f"Menu line {number}" for number in range(8)]
PAGE = "\n".join([TEASER, *MENU, PARAGRAPH, "A heading between", PARAGRAPH, *MENU, TEASER])


def test_everything_is_kept():
    assert everything(PAGE) == PAGE


def test_lines_that_end_like_sentences_are_kept_wherever_they_stand():
    assert sentences(PAGE).split("\n") == [TEASER, PARAGRAPH, PARAGRAPH, TEASER]


def test_the_best_run_leaves_teasers_far_away():
    assert best_run(PAGE).split("\n") == [PARAGRAPH, PARAGRAPH]


def test_scripts_without_spaces_have_sentences_too():
    assert sentences("港口的防波堤在春天之前关闭。\n首页\n“渔民们要求在避风的一侧安装梯子。”").count("\n") == 1


def test_a_text_without_sentences_is_read_as_nothing():
    assert best_run("\n".join(MENU)) == ""
