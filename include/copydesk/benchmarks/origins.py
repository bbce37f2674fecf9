"""Public gold sets the project is measured on, and what to know before believing them."""

from __future__ import annotations

ORIGINS = {
    "aaed": "news pages of AndyTheFactory/article-extraction-dataset (Apache-2.0), text and fields marked by hand",
    "daniel": "news in Greek, English, Polish, Russian and Chinese from rundimeco/waddle (DAnIEL), several pages a site; "
    "the gold often begins with the title",
    "dates": "publication dates of adbar/htmldate (Apache-2.0)",
    "newspaper3k": "test data of newspaper3k (MIT): the gold is what that program made of the page",
    "newspaper4k": "test data of newspaper4k (MIT): the gold is what that program makes of the page",
    "publishers": "test pages of flairNLP/fundus (MIT): the gold is what its rules for each publisher extract",
    "trafilatura_news": "news pages of adbar/trafilatura (Apache-2.0): snippets that must and must not be in the text",
}
