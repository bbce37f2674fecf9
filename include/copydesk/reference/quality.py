"""The page on what must hold of rows and runs, from the suite."""

from __future__ import annotations

from copydesk.quality.figures import FIGURES, Side
from copydesk.quality.rule_wording import rule_in_words
from copydesk.quality.suite import ROW_COLUMNS, expected_of_rows, expected_of_runs
from copydesk.reference.keys import meaning, values_of
from copydesk.reference.markdown import NOTICE, table
from copydesk.sources import Source
from copydesk.sources.expectations import Wish

EXAMPLE = Source(name="example", raw="example/{key}/*", format="text", language="en")
SIDES = {Side.HIGH: "higher", Side.LOW: "lower", Side.BOTH: "higher or lower"}
QUALITY_INTRO = """One suite for rows, checked shard by shard, and one for the figures of a run, checked when all shards are done. Great
Expectations evaluates both. A row that fails a *critical* expectation goes to `quarantine` under the expectation's name; a run that fails
one is *held*: readers do not see it until a person releases it (`copydesk release`) or does away with it (`copydesk reject`). A *warning* is
published, counted, and stands in `runs`."""
USUAL_INTRO = """Each figure of a run is held against the last good runs of the same source (`quality.history_runs` of them, other days
only; nothing is judged before there are `quality.min_history_runs`). *Usual* is what lies between their 5 % and 95 % quantiles. A value may
lie outside by that width, or by a least width where the source is steadier than news ever is for long: a factor of 2.5 for amounts, .12 for
shares, three records more or less (which matters on small days), .08 for the confidence, five days for the age; somewhat more while the runs are
few. Good runs are those that passed, with or without warnings, and those a person released, whose values are within the limits from
then on. Where a source may have no dump (`on_missing = "empty"`), days without one teach nothing. Archives have no day and are not held against days; nor are means of fewer than five articles."""
WISHES_INTRO = """By name, under `[quality.expect]`. A severity may stand alone. A name that is not in the tables above adds an
expectation of a column, a measure or a figure (`not_null`, `null`, `unique`, `between`, `length`, `in_set`, `match_regex`), critical unless it
says otherwise; `unique` looks at the rows that are checked together, up to 6,000 of a shard. What is expected of the key, `article_id`, holds in
the whole dump, and stands. `copydesk sources check` says what cannot be granted.

```toml
[quality.expect]
"between:word_count" = { min = 50 }                  # stricter
"length:standfirst" = "off"
"between:rail_like_share" = "critical"               # a row that looks like a rail goes to quarantine
"in_set:section" = { values = ["News", "Sport"], severity = "warning" }
"not_null:url" = "critical"
"usual:records_seen" = { tolerance = 3 }             # its volume comes and goes
"usual:no_agency" = "critical"                       # without the agency's name the day is of no use
"between:median_words" = { min = 100 }               # a fixed limit for a figure
```"""


def quality_page() -> str:
    """The page on what must hold of rows and runs, in words, under the names that source files know it by."""
    expected = [*expected_of_rows(EXAMPLE, None), *expected_of_runs(EXAMPLE)]
    described = {column.name: column.description for column in ROW_COLUMNS} | {one.name: one.description for one in FIGURES}
    rows = [(f"`{one.name}`", rule_in_words(one.rule), described.get(one.column, one.column)) for one in expected]
    cut = len(expected_of_rows(EXAMPLE, None))
    learned = [(f"`usual:{one.name}`", SIDES[one.side], str(one.severity), one.description) for one in FIGURES]
    wishes = [(f"`{name}`", values_of(field), meaning(name, field)) for name, field in Wish.model_fields.items()]
    parts = [
        "# Quality",
        NOTICE,
        QUALITY_INTRO,
        "## Rows",
        table(("expectation", "what must hold", "of"), rows[:cut]),
        "`between:published_at`, `between:modified_at` and `between:crawled_at` end two days after the day of the dump; "
        "`in_set:language` stands only where the source names its language.",
        "## Runs",
        table(("expectation", "what must hold", "of"), rows[cut:]),
        "## What is usual",
        USUAL_INTRO,
        table(("expectation", "fails where it is", "severity", "figure"), learned),
        "## What a source may change",
        WISHES_INTRO,
        table(("key", "type", "meaning"), wishes),
    ]
    return "\n\n".join(parts) + "\n"
