from __future__ import annotations

from copydesk.commands.terminal import printable


def test_no_text_of_a_record_steers_the_terminal() -> None:
    hostile = "Ferry\x1b[2J late\x07\x9b31m\x00\rgone"
    shown = printable(hostile)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in shown)
    assert "Ferry" in shown
    assert "late" in shown
