from __future__ import annotations

import pytest

from copydesk.fields.times.figures import has_month_first


@pytest.mark.parametrize(
    ("lines", "url", "is_first"),
    [
        (["Posted 2/7/24", "2/28/24"], None, True),
        (["Posted 2/7/24", "28/2/24"], None, False),
        (["By Ann Lee • 2/7/24"], "https://a.org/2024/02/story", True),
        (["By Ann Lee • 7/2/24"], "https://a.org/2024/02/story", False),
        (["2-7-2024"], "https://a.org/story", None),
        (["2/2/24"], "https://a.org/2024/02/story", None),
        (["7 February 2024"], "https://a.org/2024/02/story", None),
        (["1/2/3/2024"], "https://a.org/2024/02/story", None),
    ],
)
def test_the_order_of_day_and_month_is_read_from_what_shows_it(lines: list[str], url: str | None, is_first: bool | None) -> None:
    assert has_month_first(lines, url) is is_first
