from __future__ import annotations

import pyarrow as pa
import pytest

from copydesk.blocks.attributes import SHORT_CHARS, own_words, stated


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


def value(tag: str, name: str) -> str:
    return stated(pa.array(['p href="/before"', tag, 'p href="/behind"']), name)[1].as_py()


def test_a_value_is_given_as_the_page_meant_it() -> None:
    assert value('a title="x" href="/?a&amp;b=&quot;c&quot;"', "href") == '/?a&b="c"'
    assert value('a href="/fähre"', "href") == "/fähre"
    assert value("a", "href") == ""


def test_a_value_that_ends_like_an_attribute_is_none() -> None:
    assert value('a title="no href=" href="/ferry"', "href") == "/ferry"
    assert value('a title="no href="', "href") == ""
