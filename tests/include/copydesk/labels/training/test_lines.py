from __future__ import annotations

import numpy as np

from copydesk.labels.training.gold import lesson
from copydesk.labels.training.lines import passed_on

WALL, LADDER, MENU = "The wall is closed until spring, the council said.", "Anglers have asked for a ladder.", "Home | Sport"
EMPTY = dict.fromkeys(("url", "crawl_date", "body", "body_required", "title", "captions", "with", "without"))


def test_a_line_is_worth_what_the_same_block_of_its_own_page_is():
    page = f"<body><p>{MENU}</p><p>{WALL}</p><p>{LADDER}</p><div>{LADDER}</div></body>".encode()
    other = f"<body><p>{WALL}</p></body>".encode()
    rows = [
        {**EMPTY, "id": "a", "html": page, "text_full": f"{MENU}\n{WALL.upper()}\nNot on the page\n{LADDER}"},
        {**EMPTY, "id": "b", "html": other, "text_full": f"{WALL}\n{LADDER}"},
    ]
    pages, texts = lesson("set", "html", rows), lesson("set", "text_full", rows)
    found = passed_on(pages, np.array([0.1, 0.9, 0.6, 0.2, 0.3], np.float32), texts)
    assert np.array_equal(found, np.array([0.1, 0.9, np.nan, 0.6, 0.3, np.nan], np.float32), equal_nan=True)


def test_a_text_whose_page_is_not_there_is_told_nothing():
    rows = [{**EMPTY, "id": "a", "html": f"<body><p>{WALL}</p></body>".encode(), "text_full": WALL}]
    texts = lesson("set", "text_full", [{**rows[0], "id": "z"}])
    assert np.isnan(passed_on(lesson("set", "html", rows), np.ones(1, np.float32), texts)).all()
