from __future__ import annotations

import pytest

from copydesk.blocks.conversions.reading import read_conversion
from timing import done_within
from tunnel import PARAGRAPHS, TITLE


def read(text: str) -> list[str]:
    found, taken = read_conversion(text.encode())
    assert not taken
    return list(filter(None, found.decode().split("\n")))


@pytest.mark.parametrize(
    "form", ["[0{}:12] ", "(0{}:12) ", "[00:0{}:12.500] ", "00:0{}:12 ", "0:0{}:12 - ", "[0{}:12]\n", "{}:12\n", "\t[0{}:12]\t"]
)
def test_times_of_a_recording_go(form: str) -> None:
    text = "\n".join([TITLE, "", *(form.format(at) + line for at, line in enumerate(PARAGRAPHS))])

    assert read(text) == [TITLE, *PARAGRAPHS]


def test_sentences_that_times_part_are_whole_again() -> None:
    words = PARAGRAPHS[0].split()
    pieces = [" ".join(words[at : at + 6]) for at in range(0, len(words), 6)]
    text = "\n".join(f"0:{4 * at:02}\n{piece}" for at, piece in enumerate(pieces))

    assert read(text) == [PARAGRAPHS[0]]


@pytest.mark.parametrize(
    "lines",
    [
        ["17:42 The boat is back.", "17:10 It has left.", "10:00 Fog."],
        ["[17:42] The boat is back.", "[17:50] It is moored.", "[18:00] All are home."],
        ["00:00 News", "00:15 The ferry, a film", "01:40 Songs of the sea"],
        ["2:05:10 Ann Lee", "2:06:31 Bo Ek", "2:07:00 Ida Sand"],
        ["[00:40] The last comes first.", "[00:20] The second.", "[00:10] The first."],
        ["0:1 Ek (12.)", "0:2 Lee (40.)", "1:2 Sand (88.)"],
        ["At 0:30 the gun was fired, and at 10:40 all was over.", *PARAGRAPHS],
    ],
)
def test_times_of_the_day_results_and_programmes_stay(lines: list[str]) -> None:
    assert read("\n".join(lines)) == lines


@pytest.mark.parametrize("piece", ["0:00\n", "[00:00] a\n", "0:00:00", "(0:0", "\n\n0:01 ", "[0:00]" + " " * 500])
def test_no_text_takes_long(piece: str) -> None:
    text = ("0:00\n" + piece * (400_000 // len(piece))).encode()
    done_within(4, lambda: read_conversion(text))
