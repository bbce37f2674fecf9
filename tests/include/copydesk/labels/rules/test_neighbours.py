from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk import explain, extract
from copydesk.labels.networks.bars import Bars
from copydesk.labels.rules.around import Around
from copydesk.labels.rules.neighbours import vouched
from copydesk.labels.rules.ruling import WORDS, Ruled, Ruling

KEPT, DOUBTFUL, UNLIKELY, CUT = 0.9, 0.3, 0.05, 0.02
Line = tuple[str, float]
FIRST = "Ines Holm has steered the ferry between Tarn and Holm for nineteen years, through every storm."
LAST = "She is to steer the new one, too, if the council pays a third of it, as its members say they will."


def why(*documents: list[Line], is_page: bool = False) -> list[list[int]]:
    """What is said of each line of some texts, given as (text, how likely it is)."""
    lines = [line for document in documents for line in document]
    likely = np.array([chance for _, chance in lines], np.float32)
    owner = np.repeat(np.arange(len(documents)), list(map(len, documents)))
    lengths, bars = np.array([len(text) for text, _ in lines]), Bars(*np.full((2, len(lines)), 0.5, np.float32))
    none, ends = np.zeros(len(lines), bool), np.array([text.endswith((".", "?")) for text, _ in lines])
    around = Around(pa.chunked_array([[text for text, _ in lines]]), lengths, owner, none, ends, none)
    found = vouched(Ruled(bars, np.zeros(len(lines), np.int8)), likely, np.full(len(lines), is_page), around).rulings
    return [found[owner == at].tolist() for at in range(len(documents))]


def test_a_question_and_its_answer_between_lines_that_are_kept_are_kept() -> None:
    text = [(FIRST, KEPT), ("Were you afraid?", DOUBTFUL), ("No. Tired.", DOUBTFUL), (LAST, KEPT)]

    assert why(text) == [[0, Ruling.BETWEEN, Ruling.BETWEEN, 0]]
    assert why(text, is_page=True) == [[0, 0, 0, 0]]


@pytest.mark.parametrize("colon", [":", "："])
def test_a_list_that_a_line_announces_is_kept_whole(colon: str) -> None:
    items = [(f"Place {n} of the harbour", DOUBTFUL) for n in range(5)]
    above = (f"The council named these{colon}", KEPT)

    assert why([above, *items, (LAST, KEPT)]) == [[0, *[Ruling.LISTED] * 5, 0]]
    assert why([("The council named these.", KEPT), *items, (LAST, KEPT)]) == [[0] * 7]
    assert why([above, *items, ("Read more", UNLIKELY), (LAST, KEPT)]) == [[0] * 8]
    assert why([above, *items]) == [[0] * 6]
    assert why([above, *items * 3, (LAST, KEPT)]) == [[0] * 17]
    assert why([above, *items, (LAST, KEPT)], is_page=True) == [[0] * 7]


@pytest.mark.parametrize(
    "between",
    [
        [("Read more about ferries", DOUBTFUL)],  # no sentence
        [("Were you afraid?", DOUBTFUL), ("Most read", DOUBTFUL)],
        [("Were you afraid?", CUT)],
        [("A sentence. " * 20 + "It is long.", DOUBTFUL)],
        [("One.", DOUBTFUL)] * 4,
    ],
)
def test_what_is_no_short_sentence_or_stands_among_others_is_not(between: list[Line]) -> None:
    assert why([(FIRST, KEPT), *between, (LAST, KEPT)]) == [[0] * (2 + len(between))]


@pytest.mark.parametrize("figures", ["2-1", "14:32", "3 – 0", "6-4", "14.32 Uhr", "6:30 a.m."])
def test_a_result_or_a_time_between_lines_that_are_kept_is_kept(figures: str) -> None:
    assert why([(FIRST, KEPT), (figures, CUT), (LAST, KEPT)]) == [[0, Ruling.FIGURES, 0]]
    assert why([(FIRST, KEPT), (figures, CUT), ("Most read", CUT), (LAST, KEPT)]) == [[0] * 4]
    assert why([(FIRST, KEPT), (figures, CUT)], [(LAST, KEPT)]) == [[0, 0], [0]]
    assert why([(figures, CUT), (FIRST, KEPT), (LAST, KEPT), (figures, CUT)]) == [[0] * 4]
    assert why([(FIRST, KEPT), (figures, CUT), (LAST, KEPT)], is_page=True) == [[0] * 3]


@pytest.mark.parametrize("line", ["2019", "12/3", "Rovers 2-1", "1,204", "Page 2-1", "1-2-3-4"])
def test_other_figures_are_left_to_their_chances(line: str) -> None:
    assert why([(FIRST, KEPT), (line, CUT), (LAST, KEPT)]) == [[0] * 3]


def test_lines_of_two_texts_have_nothing_between_them() -> None:
    assert why([(FIRST, KEPT), ("Were you afraid?", DOUBTFUL)], [("No. Tired.", DOUBTFUL), (LAST, KEPT)]) == [[0, 0], [0, 0]]


@pytest.mark.parametrize(("asking", "answering"), [("Q", "A"), ("KURIER", "Ines Holm"), ("记者", "船长"), ("SPIEGEL ", "Holm ")])
def test_voices_that_take_turns_are_kept_together(asking: str, answering: str) -> None:
    turns = [(f"{asking}: When was that?", KEPT), (f"{answering}: In 2007, in spring.", KEPT)]
    lost = [(f"{asking}: And then", UNLIKELY), (f"{answering}: Nothing", UNLIKELY)]

    assert why([("Interview", CUT), (FIRST, KEPT), *turns, *lost, ("Most read: ferries", CUT)]) == [
        [0, 0, 0, 0, Ruling.VOICE, Ruling.VOICE, 0]
    ]


@pytest.mark.parametrize(
    "lost",
    [
        [
            ("Photo: A. Lee", UNLIKELY),
            ("Photo: B. Ek", UNLIKELY),
            ("Photo: C. Dee", UNLIKELY),
            ("Photo: D. Fox", UNLIKELY),
        ],  # one voice
        [("Sport: Rovers win", UNLIKELY), ("Politics: A vote", UNLIKELY)] * 4,  # most are cut
        [
            ("Sport: Rovers win", UNLIKELY),
            ("Weather: Rain", UNLIKELY),
            ("Politics: A vote", UNLIKELY),
            ("Money: Up", UNLIKELY),
        ],  # each once
        [("https://a.example/1", UNLIKELY), ("http://b.example/2", UNLIKELY)] * 2,
    ],
)
def test_credits_sections_and_addresses_are_no_voices(lost: list[Line]) -> None:
    assert why([(FIRST, KEPT), *lost]) == [[0] * (1 + len(lost))]


def test_an_interview_in_bare_text_is_kept_whole_and_says_why() -> None:
    turns = [
        "Q: When did you first sail?",
        "A: When I was six, with my uncle, in a boat that leaked. He gave me a bucket.",
        "Q: Were you afraid last Thursday?",
        "A: No. Tired.",
        "Q: What happened to the bread?",
        "A: Two shops ran out on Friday. By Saturday people were baking at home, and some brought us rolls.",
        "Q: And after that?",
        "A: After that I sleep.",
    ]
    rail = ["Most read", "Swimmer rescued after a long night on a sandbank", "Bakery chain to close nine of its shops"]
    record = {"id": "a", "content": "\n".join(["Nineteen years at sea", FIRST, *turns, *rail]), "media_type": "text/plain"}

    assert extract([record])["paragraphs"].to_pylist() == [[FIRST, *turns]]
    assert WORDS[Ruling.VOICE] in {row["reasons"][0] for row in explain(record).to_pylist() if row["text"] in turns}


def test_voices_of_a_broadcast_are_known_by_family_name_and_who_is_heard_once_is_one() -> None:
    text = [
        ("JANE SMITH, HOST: Good evening.", KEPT),
        ("PETER VANE, REPORTER: Sixty people stood here on the quay this morning, Jane.", KEPT),
        ("SMITH: How was it?", UNLIKELY),
        ("VANE: Cold", UNLIKELY),
        ("(SOUNDBITE OF ENGINE)", CUT),
        ("MARTHA QUILL: We had almost forgotten it", UNLIKELY),
        ("SMITH: Thank you", UNLIKELY),
    ]

    assert why(text) == [[0, 0, Ruling.VOICE, Ruling.VOICE, 0, Ruling.VOICE, Ruling.VOICE]]
