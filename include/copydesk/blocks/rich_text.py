"""Rich Text (RTF), as word processors and older newsroom systems keep articles → its words, a line a paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from copydesk.raw.encodings.names import python_codec

RICH_TEXT = b"{\\rtf"
TOKEN = re.compile(r"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)")
SIGNS = {
    **dict.fromkeys(("par", "line", "sect", "page", "column", "row"), "\n"),
    **dict.fromkeys(("tab", "cell"), "\t"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
# Groups that are no text of the document: tables of fonts and the like, pictures, what stands at the edges of pages.
SILENT = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf listtable "
    "listoverridetable rsidtbl generator themedata datastore xmlnstbl latentstyles fldinst bkmkstart bkmkend nonshppict".split()
)
UNSEEN = frozenset({"v", "deleted"})  # letters that readers do not see, from the word on; behind it 0 ends them
SETS = {"ansi": "windows-1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
# Numbers of the sets of letters of fonts, as Windows counts them; the letters of documents in other scripts depend on their font.
FONT_SETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "windows-1253", 162: "windows-1254",
    163: "windows-1258", 177: "windows-1255", 178: "windows-1256", 186: "windows-1257", 204: "windows-1251", 222: "cp874",
    238: "windows-1250",
}  # fmt: skip


class _State(NamedTuple):
    """What holds in a group, up to its end."""

    is_silent: bool = False
    skips: int = 1  # how many signs stand behind each letter beyond the set, for readers that do not know it
    codec: str = ""  # of the font; else that of the document
    in_fonts: bool = False
    unseen: frozenset[str] = frozenset()  # why its letters are not to be seen
    is_note: bool = False


def plain_text(utf8: bytes) -> str:
    """The words of a document, its paragraphs and rows lines of their own."""
    return _Reader().read(utf8.decode("utf-8", "replace"))


class _Reader:
    def __init__(self) -> None:
        self._codec = "windows-1252"
        self._fonts: dict[int, str] = {}
        self._font = 0  # the one that is described, in the table of fonts
        self._state = _State()
        self._outer: list[_State] = []
        self._found: list[str] = []
        self._notes: list[str] = []  # at the foot of pages; in the text each would stand in the middle of a sentence
        self._bytes = bytearray()  # letters as bytes of a set, of which two may make one
        self._skipping = 0
        self._is_new = False  # whether the group has just begun

    def read(self, text: str) -> str:
        for token in TOKEN.finditer(text):
            word, number, code, symbol, brace, letters = token.groups()
            if code is None:
                self._flush()
            is_new, self._is_new = self._is_new, False
            if brace:
                self._turn(brace)
            elif word:
                self._obey(word, int(number) if number else None, is_new)
            elif symbol == "*" and is_new:
                self._state = self._state._replace(is_silent=True)  # what readers that do not know it are to leave out
            elif code is not None:
                self._say_byte(int(code, 16))
            elif symbol or letters:
                self._say(SYMBOLS.get(symbol, "") if symbol else letters)
        self._flush()
        return "".join([*self._found, "\n", *self._notes] if self._notes else self._found)

    def _turn(self, brace: str) -> None:
        self._skipping = 0
        if brace == "{":
            self._outer.append(self._state)
            self._is_new = True
        elif self._outer:
            self._state = self._outer.pop()

    def _obey(self, word: str, number: int | None, is_new: bool) -> None:
        if word in SILENT and (is_new or word == "info"):
            self._state = self._state._replace(is_silent=True, in_fonts=word == "fonttbl")
        elif word == "footnote":
            self._state = self._state._replace(is_note=True)
            self._notes.append("\n")
        elif word in UNSEEN:
            unseen = self._state.unseen - {word} if number == 0 else self._state.unseen | {word}
            self._state = self._state._replace(unseen=unseen)
        elif word == "plain":
            self._state = self._state._replace(unseen=frozenset())
        elif word in SIGNS:
            self._say(SIGNS[word])
        elif word in SETS:
            self._codec = SETS[word]
        elif number is not None:
            self._set(word, number)

    def _set(self, word: str, number: int) -> None:
        """What a word with a number sets: sets of letters, fonts, or a letter by its place in Unicode."""
        if word == "u":
            self._say(chr(number % (1 << 16)))
            self._skipping = self._state.skips
        elif word == "uc":
            self._state = self._state._replace(skips=min(max(number, 0), 10))
        elif word == "ansicpg":
            self._codec = python_codec(f"cp{number}") or self._codec
        elif word == "f":
            self._font = number
            self._state = self._state._replace(codec=self._fonts.get(number, ""))
        elif word == "fcharset" and self._state.in_fonts:
            self._fonts[self._font] = FONT_SETS.get(number, "")
        elif word == "bin":
            return

    def _say(self, letters: str) -> None:
        if self._skipping:
            dropped = min(self._skipping, len(letters))
            self._skipping -= dropped
            letters = letters[dropped:]
        self._keep(letters)

    def _say_byte(self, code: int) -> None:
        if self._skipping:
            self._skipping -= 1
        else:
            self._bytes.append(code)

    def _flush(self) -> None:
        if self._bytes:
            self._keep(self._bytes.decode(self._state.codec or self._codec, "replace"))
            self._bytes.clear()

    def _keep(self, letters: str) -> None:
        if not self._state.is_silent and not self._state.unseen:
            (self._notes if self._state.is_note else self._found).append(letters)
