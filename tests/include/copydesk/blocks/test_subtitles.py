from __future__ import annotations

import pytest

from copydesk import extract
from copydesk.blocks.subtitles import read_subtitles
from timing import done_within

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


def test_a_headline_above_subtitles_stays_and_the_head_and_the_notes_of_webvtt_go() -> None:
    cues = "\n".join(subtitles("srt").splitlines()[:8])
    noted = f"WEBVTT - news\nKind: captions\n\nNOTE\nby Ann\n\nSTYLE\n::cue {{}}\n\nopening\n{cues[2:]}"

    assert read_subtitles(f"The ferry sails\n\n{cues}".encode()).decode().startswith("The ferry sails\nThe ferry to Holm")
    assert read_subtitles(noted.encode()) == read_subtitles(cues.encode())
    assert read_subtitles(f"WEBVTT\n{cues[2:]}".encode()) == read_subtitles(cues.encode())


def test_what_is_said_stays_where_the_number_or_the_blank_line_of_a_cue_is_missing() -> None:
    text = "00:00:01,000 --> 00:00:02,000\nIt was cold,\n00:00:02,000 --> 00:00:03,000\nand wet.\n3\n00:00:03,000 --> 00:00:04,000\nAll day."

    assert read_subtitles(text.encode()).decode() == "It was cold, and wet. All day."


def test_an_article_that_quotes_subtitles_is_none() -> None:
    quoted = "00:00:01,000 --> 00:00:02,000\nOnce.\n\n00:00:02,000 --> 00:00:03,000\nTwice."
    text = "\n\n".join(["How it was shown", quoted, *SAID * 8])

    assert read_subtitles(text.encode()).decode() == text


@pytest.mark.parametrize("said", ["<v.a" * 50_000, "<v " * 50_000, "<v" + " " * 200_000, "<a" * 100_000])
def test_no_cue_takes_long(said: str) -> None:
    done_within(
        2,
        lambda: read_subtitles(f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n\n2\n00:00:02,000 --> 00:00:03,000\nTwice.".encode()),
    )


def test_a_speech_without_a_full_stop_takes_no_longer() -> None:
    cues = "".join(f"00:00:01,000 --> 00:00:02,000\nand so on {n}\n\n" for n in range(30_000))
    done_within(5, lambda: read_subtitles(cues.encode()))
