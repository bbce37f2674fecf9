"""What the page of benchmarks says around its figures."""

from __future__ import annotations

from copydesk.benchmarks.contestants import SHIPPED, UNSEEN

LEADS = "**{form}: Copydesk leads on {ahead} of {sets} sets{but}.**"
IN_SAMPLE = ", in-sample"

MODES = {"html": "HTML", "text_full": "plain text, all lines", "text_main": "plain text, roughly cut"}

INTRODUCTION = """\
How well Copydesk finds the article in a page, how fast, and how that compares with other programs for the same work. Everything on this
page comes from one run of one command on one machine: every program that is installed reads the same pages of public gold sets, in which
people or publishers' own rules have said what the article is."""

SPEED = """\
On HTML, reading text and all fields, Copydesk is {middle} times as fast as trafilatura with metadata (median of the sets; {least} times on the
least favourable one)."""

BEHIND = "By more than .005, which is about the noise of a few hundred pages:"
NOT_BEHIND = "By more than .005, which is about the noise of a few hundred pages, nobody by any measure of this run."

UNSEEN_AND_SEEN = f"""\
The shipped labeller was trained on the pages of these sets, so what it scores here ({SHIPPED}) says how well it remembers as well as how
well it reads. **Judge by the rows “{UNSEEN}”**: there each page is read by a model that was trained without any page of its site. All
conclusions on this page use those rows. They still flatter a little: rules for titles, dates and names were written with these sets in
view, and nothing of a peer was fitted to them except where a set comes from that peer."""

SEEN_ONLY = f"""\
**All figures of Copydesk in this run are in-sample** ({SHIPPED}): the shipped labeller was trained on the pages of these sets, and a run without
`--models` has nothing else to read them with. Do not compare them with the peers; run again with fold models for figures on sites unseen."""

COLUMNS = """\
- **precision, recall, f1**: runs of four words, as the scrapinghub article-extraction benchmark counts them: how much of what was found
  is in the article, how much of the article was found, both averaged over pages, and their harmonic mean. Where a set knows optional
  paragraphs, the better of with and without counts.
- **doc f1, doc f1 p10**: the mean of each page's own f1, and the f1 that nine pages in ten reach.
- **title**: share that is exactly right. **authors**: f1 of the names.
- **date**: share with the right day, of copydesk that of `published_at`, which is in UTC. **day**: the same, of copydesk that of
  `newsroom_day`, the day in the newsroom's zone. People who made these sets wrote the newsroom's, and other programs give the day as the
  page has it, so theirs are one.
- **copydesk, precision** and **recall**: the same models where the caller says `favor="precision"` or `"recall"`, by which lines in doubt go out or come in.
- **with, without**: share of snippets that must be in the text and are, that must not and are not; **snippets** is the
  mean of both.
- A column is missing where the set has no such gold; a score is missing where a program does not read the field."""

TIMING = """\
Speed is CPU time of the calls alone, in one process and on one thread, on up to {pages} pages of each set spread over it; the programs take turns
{rounds} times and the median counts. Copydesk gets the pages in one call, as it gets a dump; the others take one page a call. Only the ratio of two
programs means much on another machine."""

HTML = "Pages as they were fetched."

TEXT = """\
The same pages without markup, with the pages of a site read together, as they come in a dump: *all lines* holds every visible line, menus and
rails included; *roughly cut* is what a simple extractor leaves. The peers read HTML alone, so Copydesk stands beside what needs
no program: keeping everything; keeping lines that end like sentences; and of these the best run of paragraphs."""

REPETITION = """\
Lines that stand on many pages of one site are menus and rails, whatever they look like. Copydesk counts them over what it is given at once;
the same pages, each given alone:"""

TEXT_SPEED = "{documents} plain texts of {kilobytes} kB on average, in one call: **{speed} documents a second**."
MEMORY = "{pages} pages ({what}) given one by one to one call: **{peak} MB** at most, of which {before} MB are held before the first page."
SLOWEST = "The slowest page of each set, read alone:"

AGAIN = f"""\
```sh
.venv/bin/python -m copydesk.labels.train --data DIR --models MODELS  # a model for each part of the sites, trained without it
make benchmarks DATA=DIR MODELS=MODELS                                # installs the peers of `pyproject.toml`, measures, writes this page
```

`DIR` holds one Parquet file a set, with the columns id, url, crawl_date, html, text_full, text_main, body, body_required, title, authors,
published, with, without; null where a set does not tell. The sets are not part of the project: their pages belong to their publishers.
A peer that is not installed is said to be so and left
out. Without `--models` the rows “{UNSEEN}” are missing."""
