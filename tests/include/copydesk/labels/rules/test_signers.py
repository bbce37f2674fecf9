from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk import explain
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.ruling import WORDS, Ruling
from copydesk.labels.rules.signers import REACH, telling_of_signers

TEXT = "The ferry to Noordzand will not sail before Friday, the harbour office said on Tuesday morning."
TELLS = "Maren Okafor joined the Wrenmouth Courier in 2014 and lives above a bakery with two cats."
OTHERS = "Jonas Velde has been to every harbour between Wrenmouth and the lighthouse at Skerry Point."


def telling(lines: list[str], bylines: tuple[int, ...] = (), documents: list[int] | None = None) -> list[int]:
    """Places of the lines that tell of who signed, all of them in doubt."""
    signs = np.isin(np.arange(len(lines)), bylines)
    lengths = np.array([len(line) for line in lines])
    around = Around(
        pa.chunked_array([lines]), lengths, np.array(documents or [0] * len(lines)), signs, *np.zeros((2, len(lines)), bool)
    )
    return np.flatnonzero(telling_of_signers(pa.array(lines), np.arange(len(lines)), around)).tolist()


@pytest.mark.parametrize("name", ["Maren Okafor", "Maren Okafor |", "• Maren Okafor"])
def test_a_name_that_stands_alone_nearby_is_told_of(name: str) -> None:
    assert telling([TEXT, TEXT, name, TELLS]) == [3]
    assert telling([TELLS, name, TEXT]) == [0]


def test_a_byline_is_looked_for_in_the_whole_document() -> None:
    between = [TEXT] * (REACH + 3)
    assert telling(["By Maren Okafor and Jonas Velde", *between, TELLS], bylines=(0,)) == [len(between) + 1]
    assert telling(["Maren Okafor", *between, TELLS]) == []


def test_a_name_of_another_document_signs_nothing() -> None:
    assert telling(["Maren Okafor", TELLS], documents=[0, 1]) == []
    assert telling(["By Maren Okafor", TEXT, TELLS], bylines=(0,), documents=[0, 0, 1]) == []


@pytest.mark.parametrize(
    "line", ["Maren Okaforsen has sailed it for years, and never once came late to the quay.", TEXT, "Maren Okafor writes."]
)
def test_other_words_and_short_lines_tell_of_nobody(line: str) -> None:
    assert telling(["Maren Okafor", line]) == []


def test_a_line_that_is_no_name_signs_nothing() -> None:
    assert (
        telling(["Harbour News", "Harbour News reached the islands only on Thursday, with the boat that brings the post."]) == []
    )


def test_of_many_people_it_is_the_article_that_tells() -> None:
    third = "Ida Brandt built the first of the piers, of oak that her uncle had left in the yard behind the church."
    assert telling(["Maren Okafor", TELLS, "Jonas Velde", OTHERS]) == [1, 3]
    assert telling(["Maren Okafor", TELLS, "Jonas Velde", OTHERS, "Ida Brandt", third]) == []


def test_whom_other_paragraphs_speak_of_is_in_the_article() -> None:
    speaks = "Nobody asked Maren Okafor before the ferry was sold, although her boats had carried the post for years."
    other = [TEXT, "Maren Okafor"]
    assert telling([speaks, "Maren Okafor", TELLS]) == [2]
    assert telling([speaks, speaks, "Maren Okafor", TELLS]) == []
    assert telling([speaks, speaks, *other, TELLS], documents=[0, 0, 1, 1, 1]) == [4]
    assert telling([speaks, speaks, "Maren Okafor", "Maren Okafor lives above a bakery in the old town."]) == []


@pytest.mark.parametrize(
    "tells",
    [
        TELLS,
        "Maren Okafor is a senior fellow at the Skerry Institute and the author of two books about the sea.",
        "Maren Okafor teaches history at the university of Wrenmouth. Her novel Low Water appeared last spring.",
    ],
)
def test_what_is_cut_for_it_says_so(tells: str) -> None:
    story = [
        TEXT,
        "A storm had torn two planks from the landing stage, and divers could not look at its piles while the sea was so high.",
        "“We would rather lose three days than a passenger,” said the harbour master, Ole Tamm, who has run the port since 2009.",
        "Shops on the island expect to run out of milk by Thursday.",
        "The council meets on Wednesday to decide whether a fishing boat may carry the post.",
    ]
    lines = ["Ferry stays in harbour until Friday", "By Maren Okafor", *story, tells]
    told = explain({"id": "a", "content": "\n".join(lines), "media_type": "text/plain"}).to_pylist()
    assert [row["text"] for row in told if row["kept"]] == story
    assert told[-1]["reasons"][0] == WORDS[Ruling.SIGNER]
