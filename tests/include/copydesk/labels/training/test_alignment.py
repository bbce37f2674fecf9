from __future__ import annotations

from copydesk.labels.training.alignment import align

ARTICLE = (
    "The ferry is back. It sails at nine.\n\nWhat now\n\nThe captain said he would sleep until noon and then paint the funnel."
)


def test_blocks_of_the_article_are_found_in_order():
    blocks = [
        "Home",
        "The ferry is back. It sails at nine.",
        "What now",
        "The captain said he would sleep until noon and then paint the funnel.",
    ]
    found = align(blocks, ARTICLE)
    assert found.share.tolist() == [0, 1, 1, 1]
    assert found.coverage == 1


def test_of_a_line_that_stands_twice_one_is_the_articles():
    blocks = ["The ferry is back. It sails at nine.", "Subscribe", "The ferry is back. It sails at nine.", "What now"]
    found = align(blocks, ARTICLE)
    assert found.share.sum() == 2
    assert found.found.tolist() == [1, 0, 1, 1]


def test_a_short_line_counts_only_where_it_fits():
    assert align(["What now", "The ferry is back. It sails at nine."], ARTICLE).share.tolist() == [0, 1]


def test_a_block_that_goes_on_beyond_the_article_counts_in_part():
    share = align(["The ferry is back. It sails at nine. Read more about ferries here."], ARTICLE).share[0]
    assert 0.4 < share < 0.8


def test_chinese_is_aligned_letter_by_letter():
    assert align(["首页", "渡轮今天早上恢复航行"], "渡轮今天早上恢复航行").share.tolist() == [0, 1]
