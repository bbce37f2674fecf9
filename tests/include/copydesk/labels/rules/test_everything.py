from __future__ import annotations

from copydesk import extract

PARAGRAPHS = [
    "Anglers at Sorrel Lock have counted 412 eels in one night, the most since the weir was raised in 1974.",
    "The count was made with a net, two lamps and a bucket, said Edda Marsh, who has kept the book since she was nine.",
]
TAIL = ["Last count: 6 October 2024", "Most read", "Otters close a canal", "Follow us", "By hand", "Photo: Edda Marsh/LNS"]


def article(lines: list[str]) -> dict[str, object]:
    record = {"id": "a", "content": "\n\n".join(lines), "media_type": "text/plain"}
    found: dict[str, object] = extract([record], "everything").to_pylist()[0]
    return found


def test_all_that_is_no_title_date_or_byline_stays_whatever_it_says() -> None:
    text = [*PARAGRAPHS, *TAIL, "The next count is in spring, if the bucket is found."]
    found = article(["Eels return to Sorrel Lock in numbers", "By Jory Pell", "3 November 2026", *text])

    assert found["title"] == "Eels return to Sorrel Lock in numbers"
    assert found["authors"] == ["Jory Pell"]
    assert str(found["published_at"])[:10] == "2026-11-03"
    assert found["body"] == "\n\n".join(text)
    assert found["rails"] == []


def test_a_text_without_a_title_keeps_its_first_sentence() -> None:
    assert article(PARAGRAPHS)["body"] == "\n\n".join(PARAGRAPHS)


def test_captions_of_pages_stay_with_their_pictures() -> None:
    page = "<article><h1>Eels return</h1><figure><img src=a.jpg><figcaption>Edda Marsh and her bucket</figcaption></figure>"
    page += "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "<aside><p>Follow us</p></aside></article>"
    (found,) = extract([{"id": "a", "content": page, "media_type": "text/html"}], "everything").to_pylist()

    assert found["body"] == "\n\n".join([*PARAGRAPHS, "Follow us"])
    assert [image["caption"] for image in found["images"]] == ["Edda Marsh and her bucket"]
