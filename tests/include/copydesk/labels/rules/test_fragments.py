from __future__ import annotations

from html import escape

from copydesk import extract

ARTICLE = [
    ("p", "The beloved eels that feed otters and herons depend on the unique weir of Sorrel Lock."),
    ("p", "The count was made with a net, two lamps and a bucket, said Edda Marsh, who has kept the book since she was nine."),
    ("h2", "The years in brief"),
    *(
        ("p", f"{year}: {eels} eels, {pike} pike")
        for year, eels, pike in zip(range(2019, 2026), range(90, 160, 10), range(7), strict=True)
    ),
    ("h2", "What comes next"),
    ("p", "Nobody knows why the eels are back. The mill upstream closed in spring, and its wheel has not turned since."),
    ("p", "Just ask Edda Marsh."),
]
AROUND = (
    "<h3>Share this:</h3><ul><li><a href='#'>Twitter</a></li><li><a href='#'>Facebook</a></li></ul><h3>Related</h3><ul>"
    + "".join(
        f"<li><a href='/{at}'>{title}</a></li>"
        for at, title in enumerate(["Otters close a canal for a week", "Heron is elected lock keeper"])
    )
)


def html(lines: list[tuple[str, str]]) -> str:
    return "".join(f"<{tag}>{escape(line)}</{tag}>" for tag, line in lines)


def body(content: str) -> list[str]:
    found: str = extract([{"id": "a", "content": content, "media_type": "text/html"}])["body"][0].as_py()
    return found.split("\n\n")


def test_the_html_of_a_field_is_kept_whole() -> None:
    assert body(html(ARTICLE)) == [line for _, line in ARTICLE]


def test_the_same_lines_of_a_page_are_not() -> None:
    assert body(f"<body>{html(ARTICLE)}</body>") != [line for _, line in ARTICLE]


def test_links_and_pointers_go_all_the_same() -> None:
    pointer = ("p", "Read more: Heron is elected lock keeper")
    last = "<p>The post <a href='/x'>Eels return to Sorrel Lock</a> appeared first on <a href='/'>Lock Courier</a>.</p>"

    assert body(html([*ARTICLE[:2], pointer, *ARTICLE[2:]]) + last + AROUND) == [line for _, line in ARTICLE]


def test_what_was_cut_out_of_a_page_is_read_as_one() -> None:
    assert body("<nav><a href='/'>Home</a></nav>" + html(ARTICLE)) != [line for _, line in ARTICLE]
