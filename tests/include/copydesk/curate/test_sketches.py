from __future__ import annotations

import pyarrow as pa

from copydesk.curate.sketches import KEPT_SHINGLES, SKETCH, sketch
from copydesk.curate.words import words_of

COUNCIL = "The council of Keldburn voted on Monday to close the old footbridge, said Ada Fenwick, after 12 years of debate."


def sketches(*articles: list[str]) -> list[dict[str, object]]:
    table = sketch(pa.chunked_array([pa.array(articles, pa.list_(pa.string()))]))
    assert table.schema.equals(SKETCH)
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def test_names_and_numbers_are_the_words_that_carry_facts() -> None:
    words = words_of(pa.array([[COUNCIL]]))
    spoken = [word.strip(".,") for word in COUNCIL.split()]
    assert [word for word, is_name in zip(spoken, words.is_name, strict=True) if is_name] == [
        "Keldburn",
        "Monday",
        "Ada",
        "Fenwick",
    ]
    assert [word for word, is_number in zip(spoken, words.is_number, strict=True) if is_number] == ["12"]


def test_typography_does_not_change_a_sketch() -> None:
    plain, typeset = sketches(
        ["The mayor's office said it won't pay - \"not a penny\" - for the bridge at all."],
        ["The mayor’s office said it won’t pay – “not a penny” – for the  bridge at all."],
    )
    assert plain == typeset


def test_an_article_has_the_same_sketch_whatever_stands_beside_it() -> None:
    other = ["An entirely other report of some length about harbours, ferries and the men who repair them."]
    assert sketches([COUNCIL])[0] == sketches(other, [COUNCIL], [])[1]


def test_a_long_text_keeps_so_many_of_its_runs_of_words_and_no_more() -> None:
    long, short, empty = sketches([" ".join(f"word{n}" for n in range(5000))], [COUNCIL], [])
    assert len(long["shingles"]) == KEPT_SHINGLES  # type: ignore[arg-type]
    assert len(short["shingles"]) == len(COUNCIL.split()) - 2  # type: ignore[arg-type]
    assert empty == {"text_hash": None, "shingles": [], "names": [], "numbers": []}


def test_a_script_without_spaces_is_cut_by_characters() -> None:
    text = "市议会周一投票决定关闭使用了十二年的旧人行桥，当地居民对此表示强烈反对，并要求重新进行公开讨论和表决。"
    cut = text[:35]
    whole, part = (set(row["shingles"]) for row in sketches([text], [f"{cut}昨日本报记者独家采访了市长办公室的工作人员"]))  # type: ignore[call-overload]
    assert len(whole) > 30
    assert len(whole & part) > len(whole) / 2
