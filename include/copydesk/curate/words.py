"""The words of many articles at once, as numbers: what each says, and whether it carries a fact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

LONG_ENOUGH = 40  # characters: shorter paragraphs ("Read more", "He said.") stand in unrelated stories
# Scripts that leave no spaces between words: Thai to Burmese, Khmer, kana, Han. Each of their characters counts as a word.
UNSPACED = r"[\x{0E00}-\x{109F}\x{1780}-\x{17FF}\x{3040}-\x{30FF}\x{3400}-\x{9FFF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}]"
SILENT = r"[^\p{L}\p{M}\p{N}]+"
OPENS = r"^[^\p{L}\p{N}]*[\"“”„«»‘(\[—–-]"
CLOSES = r"[.!?:…。！？—–][^\p{L}\p{N}]*$"

Integers = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Words:
    """Parallel arrays, a row a word, in the order of the articles and of their text."""

    article: Integers
    value: Hashes  # of its letters and figures in lower case
    in_long: Flags  # in a paragraph that is long enough to be told from others
    is_number: Flags
    is_name: Flags  # written with a capital where no sentence begins
    is_unspaced: Flags

    def where(self, chosen: Flags) -> Words:
        """Some of them."""
        return Words(*(getattr(self, name)[chosen] for name in self.__slots__))


def words_of(paragraphs: pa.ListArray) -> Words:
    """The words of each article's paragraphs, without typography: quotes, dashes and capitals are not the story."""
    article = pc.list_parent_indices(paragraphs).to_numpy().astype(np.int64)
    texts = _spaced(pc.list_flatten(paragraphs))
    is_long = pc.greater_equal(pc.utf8_length(texts), LONG_ENOUGH).to_numpy(zero_copy_only=False)
    split = pc.utf8_split_whitespace(texts)
    parent = pc.list_parent_indices(split).to_numpy()
    tokens = pc.list_flatten(split).dictionary_encode()
    code = tokens.indices.to_numpy()
    kinds = _kinds(tokens.dictionary)
    begins = np.ones(len(code), dtype=bool)
    begins[1:] = kinds["closes"][code[:-1]] | (parent[1:] != parent[:-1])
    is_name = kinds["capital"][code] & ~kinds["number"][code] & ~begins
    words = Words(article[parent], kinds["value"][code], is_long[parent], kinds["number"][code], is_name, kinds["unspaced"][code])
    return words.where(kinds["spoken"][code])


def _spaced(texts: pa.Array) -> pa.Array:
    """Each character of a script without spaces by itself."""
    unspaced = pc.match_substring_regex(texts, UNSPACED)
    if not pc.any(unspaced).as_py():
        return texts
    return pc.if_else(unspaced, pc.replace_substring_regex(texts, f"({UNSPACED})", r" \1 "), texts)


def _kinds(tokens: pa.Array) -> dict[str, npt.NDArray[np.generic]]:
    """What is to be known of each different token."""
    composed = pc.utf8_normalize(tokens, form="NFKC")
    letters = pc.replace_substring_regex(composed, SILENT, "")
    plain = pc.utf8_lower(letters)
    initial = pc.utf8_slice_codeunits(letters, 0, 1)
    return {
        "value": pd.util.hash_array(plain.to_numpy(zero_copy_only=False), categorize=False),
        "spoken": _flags(pc.not_equal(plain, "")),
        "number": _flags(pc.match_substring_regex(plain, r"\p{N}")),
        "capital": _flags(pc.and_not(pc.utf8_is_upper(initial), pc.match_substring_regex(composed, OPENS))),
        "closes": _flags(pc.match_substring_regex(composed, CLOSES)),
        "unspaced": _flags(pc.match_substring_regex(composed, UNSPACED)),
    }


def _flags(values: pa.Array) -> Flags:
    flags: Flags = values.to_numpy(zero_copy_only=False)
    return flags
