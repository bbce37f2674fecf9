"""How a run went."""

from __future__ import annotations

from enum import StrEnum

import pyarrow as pa

from copydesk.schema.dataset import (
    CATEGORY,
    DUMP,
    SOURCE,
    TIMESTAMP,
    Column,
    Dataset,
)


class Judged(StrEnum):
    """What becomes of a run: the first three by its verdict, the others once a person has decided on one that was held."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    HOLD = "hold"
    RELEASED = "released"
    REJECTED = "rejected"


OLDEST_FIRST = [("started_at", "ascending"), ("finished_at", "ascending")]  # a decision has the start of what it decides on
PUBLISHED = frozenset({Judged.PASS, Judged.WARN, Judged.RELEASED})

REJECTED = pa.list_(pa.struct([("stage", pa.string()), ("reason", pa.string()), ("records", pa.int64())]))

INPUT = pa.struct(
    [
        ("uri", pa.string()),
        ("bytes", pa.int64()),
        ("sha256", pa.string()),
        ("records", pa.int64()),
        ("accepted", pa.int64()),
        ("rejected", pa.int64()),
        ("rejected_by_reason", REJECTED),
        ("skipped", pa.list_(pa.struct([("kind", pa.string()), ("parts", pa.int64())]))),
        ("complete", pa.bool_()),
    ]
)

EXPECTATION = pa.struct(
    [
        ("expectation", pa.string()),
        ("column", pa.string()),
        ("severity", pa.string()),
        ("success", pa.bool_()),
        ("failed_rows", pa.int64()),
        ("observed", pa.string()),
    ]
)

FIGURE = pa.struct(
    [
        ("figure", pa.string()),
        ("value", pa.float64()),
        ("usual_low", pa.float64()),
        ("usual_high", pa.float64()),
        ("at_least", pa.float64()),
        ("at_most", pa.float64()),
    ]
)

RUN_COLUMNS = (
    Column("run_id", pa.string(), "Id of the run: Airflow's, or one the command line made."),
    Column("kind", CATEGORY, "`ingest`, `curate`, or `replay`, of what was in quarantine."),
    Column("started_at", TIMESTAMP, "When the run began."),
    Column("finished_at", TIMESTAMP, "When it was judged, or a person decided on it."),
    Column(
        "verdict",
        CATEGORY,
        "`pass`, `warn` (published with warnings) or `hold` (not published); of a run that was held, in a row of its own, what a "
        "person decided: `released` (published as it was) or `rejected` (done away with).",
    ),
    Column("decided_by", pa.string(), "Who released or rejected it."),
    Column("decision_reason", pa.string(), "Why, in that person's words."),
    Column("verdict_reasons", pa.list_(pa.string()), "What led to a warning or a hold, with the numbers."),
    Column("records_seen", pa.int64(), "Records the readers met: accepted and rejected together."),
    Column("records_accepted", pa.int64(), "Rows in `clean`."),
    Column("records_rejected", pa.int64(), "Rows in `quarantine`."),
    Column(
        "rejected_by_reason",
        REJECTED,
        "Counts; a record counts under its first reason.",
    ),
    Column("blocks_removed", pa.int64(), "Rows in `removed`."),
    Column(
        "inputs",
        pa.list_(INPUT),
        "Raw files: size and SHA-256 as stored; records met, which are those accepted and those rejected, by stage and first "
        "reason; parts that are no document by their nature, by kind; whether the file was whole.",
    ),
    Column("expectations", pa.list_(EXPECTATION), "Each expectation's outcome."),
    Column(
        "figures",
        pa.list_(FIGURE),
        "What the run looked like in figures, each with what was usual for the source and the limits made of that; of the "
        "figures of good runs the limits of later ones are made. Of a curation, what it counted.",
    ),
    Column("touched_months", pa.list_(pa.string()), "Publication months whose articles may change: what curate does again."),
    Column(
        "timings",
        pa.list_(pa.struct([("stage", pa.string()), ("seconds", pa.float64())])),
        "Seconds of work by stage, all shards together; of `validate`, which is a part of `clean`, and of `judge`, seconds of CPU.",
    ),
    Column(
        "versions",
        pa.list_(pa.struct([("part", pa.string()), ("version", pa.string())])),
        "Versions of the code, the labeller, the schema and the newsroom's site rules, and what was favored, where it was not balance.",
    ),
)

RUNS = Dataset("runs", "one run", (SOURCE, DUMP), RUN_COLUMNS, appends=True, written_by="ingest, curate")
