from __future__ import annotations

from collections.abc import Callable

import pytest

from copydesk import extract

THINGS = ("ferry", "harbour wall", "market hall", "night train", "swimming bath", "town clock", "fish auction", "bell tower")
FATES = ("returns after eleven years", "is to be measured again", "will not be sold", "closes until spring", "finds a buyer")
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Culture", "Opinion"))
STORIES = range(24)


def headline(number: int) -> str:
    return f"The {THINGS[number % 8]} {FATES[number * 3 % 5]}"


def teaser(number: int) -> str:
    return f"The council said on Monday that the {THINGS[number % 8]} {FATES[number % 5]}, and most of the town came to see it."


def caption(number: int) -> str:
    return f"Pupils carry part {number} of the {THINGS[number % 8]} through Quay Street, while the mayor looks on."


def link(number: int, tag: str = "h2") -> str:
    return f'<{tag}><a href="/2024/05/{number}.html">{headline(number)}</a></{tag}>'


def page_type(body: str) -> str | None:
    content = f"<html><head><title>Courier</title></head><body><nav><ul>{MENU}</ul></nav>{body}<footer>© 2024 Courier</footer></body></html>"
    record = {"id": "a", "content": content, "media_type": "text/html", "url": "https://courier.example/x", "crawl_date": None}
    kind: str | None = extract([record])["page_type"][0].as_py()
    return kind


@pytest.mark.parametrize(
    "story",
    [
        lambda n: f'<article class="card"><img src="/{n}.jpg">{link(n)}<p class="teaser">{teaser(n)}</p></article>',
        lambda n: (
            f'<div>{link(n, "h3")}<span class="date">{n + 1} May 2024</span><p>{teaser(n)}</p><span>By Ann Lee</span></div>'
        ),
        lambda n: f'<a class="card" href="/2024/{n}.html"><h3>{headline(n)}</h3><p>{teaser(n)}</p></a>',
        lambda n: f'<li><time datetime="2024-05-{n + 1:02}">{n + 1} May</time> {link(n, "span")}</li>',
    ],
)
def test_headlines_with_teasers_between_them_are_an_index(story: Callable[[int], str]) -> None:
    assert page_type("".join(map(story, STORIES))) == "index"


def test_an_article_among_links_to_others_is_none() -> None:
    text = "".join(f"<p>{teaser(n)} {teaser(n + 1)}</p>" for n in range(6))
    links = "".join(map(link, STORIES))

    assert page_type(f"<article><h1>{headline(3)}</h1>{text}{links}</article><p>{teaser(5)}</p>") == "article"


def test_captions_that_say_more_than_the_text_make_a_gallery() -> None:
    lead = "<h1>The harbour day in pictures</h1><p>Most of the town came along on Sunday to see the ferry run again.</p>"
    text = "".join(f"<p>{teaser(n)} {teaser(n + 1)}</p>" for n in range(10))
    pictures = "".join(f"<figure><img src='/{n}.jpg'><figcaption>{caption(n)}</figcaption></figure>" for n in range(12))

    assert page_type(f"<article>{lead}{pictures}</article>") == "gallery"
    assert page_type(f"<article>{lead}{text}{pictures}</article>") == "article"
