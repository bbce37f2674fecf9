from __future__ import annotations

import pytest

from copydesk import extract
from copydesk.blocks.subtitles import read_subtitles

SAID = [
    "The ferry to Holm went back into service on Tuesday, four months after its engine had failed in a gale in November.",
    "Sixty people stood on the quay before the first crossing at seven in the morning, one of them with a sheep in his van.",
    "A second boat may follow next year.",
]


def subtitles(kind: str, pause_s: int = 4) -> str:
    """The sentences in cues of six words and three seconds, with a pause behind each."""
    sign, at, number, out = (
        "," if kind == "srt" else ".",
        0,
        0,
        ["WEBVTT\nKind: captions\nLanguage: en\n"] if kind == "vtt" else [],
    )
    for sentence in SAID:
        words = sentence.split()
        for low in range(0, len(words), 6):
            number += 1
            times = [f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{sign}000" for second in (at, at + 3)]
            out.append(f"{number}\n{times[0]} --> {times[1]}\n" + " ".join(words[low : low + 6]) + "\n")
            at += 3
        at += pause_s
    return "\n".join(out)


@pytest.mark.parametrize("kind", ["srt", "vtt"])
def test_what_is_said_in_subtitles_is_in_sentences_again(kind: str) -> None:
    assert read_subtitles(subtitles(kind).encode()).decode().split("\n") == SAID
    assert read_subtitles(subtitles(kind, 0).encode()).decode() == " ".join(SAID)


def test_the_text_of_a_broadcast_is_its_body() -> None:
    (row,) = extract([{"id": "a", "content": subtitles("srt"), "media_type": "text/plain"}]).to_pylist()

    assert row["paragraphs"] == SAID


def test_voices_and_turns_begin_paragraphs_and_tags_are_none_of_what_is_said() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Smith>Was it <i>cold</i>?</v>\n\n00:02.000 --> 00:03.000\n- Very.\n- And wet.\n\n"
        "00:03.000 --> 00:04.000\n- And wet.\n{\\an8}All day\n"
    )

    assert read_subtitles(text.encode()).decode() == "Jane Smith: Was it cold?\n- Very.\n- And wet. All day"


@pytest.mark.parametrize("text", ["a --> b\nc --> d", "00:00:01,000 --> 00:00:02,000\nOnce.", "", "-->"])
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert read_subtitles(text.encode()).decode() == text
