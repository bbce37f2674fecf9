from __future__ import annotations

import pytest

from copydesk.blocks.pictures import picture_of


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ('img src="/a.jpg"', "/a.jpg"),
        ('img src="data:image/gif;base64,R0" data-srcset="/b.jpg 2x, /c.jpg 3x"', "/b.jpg"),
        ('img title="no src=" src="/d.jpg?x&amp;y"', "/d.jpg?x&y"),
        ('img src="/images/logo_white.png" data-src="/harbour.jpg"', "/harbour.jpg"),
        ('img src="/lazy/1x1.trans.gif" data-lazy-src="/pier.jpg"', "/pier.jpg"),
        ('img src="//:0" data-srcset="/quay.jpg 160w"', "/quay.jpg"),
        ('img src="/missing-image.svg" srcset="/gull.webp 320w, /gull-2.webp 640w"', "/gull.webp"),
        ('img src="/photos/missing-cat.jpg" width="640" height="64"', "/photos/missing-cat.jpg"),
        ('img src="/c/d_placeholder_x1/ferry.jpg"', "/c/d_placeholder_x1/ferry.jpg"),
        ('img src="/pixel-9-review_1x1.jpg"', "/pixel-9-review_1x1.jpg"),
        ('img src="/chart.svg" width="16" height="9"', "/chart.svg"),
        ("img", ""),
    ],
)
def test_a_picture_is_where_it_really_is(tag: str, place: str) -> None:
    assert picture_of(tag)[0] == place


@pytest.mark.parametrize(
    "tag",
    [
        'img src="/img/grey-placeholder.png"',
        'img src="/image/placeholder/800x600.png"',
        'img src="/spacer.gif"',
        'img src="/branding/fallback.png?v=2"',
        'img src="/resources/icons/share.svg?d=885"',
        'img src="https://count.example/t?id=7" width="1" height="1"',
        'img src="/author.jpg" width="40px" height="40px"',
        'img src="about:blank"',
    ],
)
def test_placeholders_icons_and_tracking_pixels_are_no_pictures(tag: str) -> None:
    assert picture_of(tag)[0] == ""
