from __future__ import annotations

import pytest

from copydesk.blocks.attributes import SHORT_CHARS, own_words, picture_of, stated


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("p", ""),
        ('div class="main-content mainContent"', "main content"),
        ('div id="top" class="story_body TOP h2"', "story body top h 2"),
        ('div role="main" class="one&amp;two"', "one two main"),
        ('div data-class="x" title="y class="', ""),
        ('div hidden=""', "hidden"),
        ('div class="box" style="color:red; DISPLAY: none"', "box hidden"),
        (f'div data-x="{"x" * SHORT_CHARS}" class="long"', "long"),
    ],
)
def test_the_words_of_an_element_are_those_of_its_class_id_and_role(tag: str, words: str) -> None:
    assert own_words(tag) == words


def test_a_value_is_given_as_the_page_meant_it() -> None:
    assert stated('a title="x" href="/?a&amp;b=&quot;c&quot;"', "href") == '/?a&b="c"'
    assert stated("a", "href") == ""


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ('img src="/a.jpg"', "/a.jpg"),
        ('img src="data:image/gif;base64,R0" data-srcset="/b.jpg 2x, /c.jpg 3x"', "/b.jpg"),
        ('img title="no src=" src="/d.jpg?x&amp;y"', "/d.jpg?x&y"),
        ("img", ""),
    ],
)
def test_a_picture_is_where_it_really_is(tag: str, place: str) -> None:
    assert picture_of(tag)[0] == place
