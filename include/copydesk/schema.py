"""Every dataset's columns, once: types, meaning, and what must hold of them.

The Parquet writer, the expectations, the data dictionary and the notebook helper all start from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa

SCHEMA_VERSION = 3

TIMESTAMP = pa.timestamp("us", tz="UTC")
CATEGORY = pa.dictionary(pa.int32(), pa.string())

IMAGE = pa.struct(
    [("caption", pa.string()), ("alt", pa.string()), ("credit", pa.string()), ("slug", pa.string()), ("url", pa.string())]
)
RAIL_ITEM = pa.struct([("headline", pa.string()), ("caption", pa.string()), ("url", pa.string())])
RAIL = pa.struct([("heading", pa.string()), ("more", pa.string()), ("items", pa.list_(RAIL_ITEM))])

PAGE_TYPES = ("article", "live_blog", "gallery", "video", "stub", "consent", "error", "index")
STATED_BODIES = ("same", "truncated", "longer", "differs")
CLUES = ("given", "jsonld", "meta", "microdata", "time", "date line", "url", "rule", "change")
PRECISIONS = ("second", "minute", "day", "month", "year")


class Severity(StrEnum):
    """`critical` sends a row to quarantine, or stops a publication; `warning` is published and counted."""

    CRITICAL = "critical"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation of a column: the Great Expectations class and its arguments."""

    expectation: str
    severity: Severity
    arguments: Mapping[str, Any] = field(default_factory=dict)


def required(severity: Severity = Severity.CRITICAL) -> Rule:
    """Never null."""
    return Rule("ExpectColumnValuesToNotBeNull", severity)


def absent(severity: Severity = Severity.CRITICAL) -> Rule:
    """Always null: there is a value only where something is wrong."""
    return Rule("ExpectColumnValuesToBeNull", severity)


def unique(severity: Severity = Severity.CRITICAL) -> Rule:
    """No value twice among the rows that are checked together."""
    return Rule("ExpectColumnValuesToBeUnique", severity)


def between(low: float | str | None, high: float | str | None, severity: Severity = Severity.CRITICAL) -> Rule:
    """Within limits, both included; null passes."""
    return Rule("ExpectColumnValuesToBeBetween", severity, {"min_value": low, "max_value": high})


def one_of(values: Iterable[str], severity: Severity = Severity.CRITICAL) -> Rule:
    """One of a closed list; null passes."""
    return Rule("ExpectColumnValuesToBeInSet", severity, {"value_set": list(values)})


def matches(pattern: str, severity: Severity = Severity.CRITICAL) -> Rule:
    """The regular expression is found in it; null passes."""
    return Rule("ExpectColumnValuesToMatchRegex", severity, {"regex": pattern})


def lengths(low: int | None, high: int | None, severity: Severity = Severity.WARNING) -> Rule:
    """So many characters, both limits included; null passes."""
    return Rule("ExpectColumnValueLengthsToBeBetween", severity, {"min_value": low, "max_value": high})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: Arrow type, meaning for people, and the rules its values must meet."""

    name: str
    type: pa.DataType
    description: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: what a row is, how it is partitioned, and its columns (without those in the partition's path)."""

    name: str
    row: str
    partition: tuple[Column, ...]
    columns: tuple[Column, ...]
    sort: str | None = None
    appends: bool = False  # each run adds a file of its own, and none replaces another
    written_by: str = "ingest"
    key: tuple[str, ...] = field(default=())

    @property
    def schema(self) -> pa.Schema:
        """What stands in the files."""
        return _schema(self.columns)

    @property
    def partition_schema(self) -> pa.Schema:
        """What stands in the paths."""
        return _schema(self.partition)


def _schema(columns: Iterable[Column]) -> pa.Schema:
    return pa.schema([pa.field(c.name, c.type, metadata={"description": c.description}) for c in columns])


SOURCE = Column("source", pa.string(), "Name of the source, as its source file states it.")
PUBLISHED_MONTH = Column("published_month", pa.string(), "Month of publication in UTC, `2026-11`; `unknown` where it is.")
DUMP = Column("dump", pa.string(), "Partition key of the dump: its day, or the name of the archive.")
PUBLISHED_DATE = Column("published_date", pa.date32(), "Day of publication in UTC; null where unknown.")

# Columns of their own rather than a struct: pandas would make each a dict.
ORIGIN_COLUMNS = (
    Column("origin_uri", pa.string(), "Raw file the record stood in.", (required(),)),
    Column("origin_member", pa.string(), "Its name inside an archive, where the file is one."),
    Column("origin_ordinal", pa.int64(), "Number of the record in the file, from 0.", (between(0, None),)),
    Column("origin_offset", pa.int64(), "First byte of the record in the file after decompression.", (between(0, None),)),
    Column(
        "origin_sha256",
        pa.string(),
        "SHA-256 of the record's own bytes; null where they were too many to hold.",
        (matches(r"^[0-9a-f]{64}$", Severity.WARNING),),
    ),
)

ARTICLE_COLUMNS = (
    Column(
        "article_id",
        pa.string(),
        "Stable id: hash of source and canonical URL, else of title and date, else of the record's id.",
        (required(), unique(), matches(r"^[0-9a-f]{32}$")),
    ),
    Column(
        "url",
        pa.string(),
        "Address the record was fetched from, where the dump says it.",
        (matches(r"^https?://\S+$", Severity.WARNING),),
    ),
    Column(
        "canonical_url",
        pa.string(),
        "Address the publisher calls the right one, without trackers.",
        (matches(r"^https?://\S+$", Severity.WARNING),),
    ),
    Column("title", pa.string(), "Headline, without the site's name.", (required(), matches(r"^.{3,300}$"))),
    Column("standfirst", pa.string(), "Summary between headline and text, where the page has one.", (lengths(3, 2000),)),
    Column("body", pa.string(), "The article's own text, paragraphs joined by a blank line.", (required(), matches(r"(?s)\S"))),
    Column("paragraphs", pa.list_(pa.string()), "The body's paragraphs, subheadings, list items and quotes in order."),
    Column(
        "authors",
        pa.list_(pa.string()),
        "People who signed it, without titles or agencies; where nobody did, whom the page states as its author: an agency, a desk.",
    ),
    Column("agency", CATEGORY, "News agency that supplied the text, in full: Press Association, Reuters, …", (lengths(2, 100),)),
    Column(
        "dateline",
        pa.string(),
        "Place and agency that open the first paragraph, which keeps them: `LONDON (AP)`.",
        (lengths(2, 150),),
    ),
    Column("section", CATEGORY, "Section of the paper, as the page states it.", (lengths(1, 100),)),
    Column("tags", pa.list_(pa.string()), "Keywords the page states."),
    Column(
        "language", CATEGORY, "ISO 639-1 code found in title and body.", (required(Severity.WARNING), matches(r"^[a-z]{2,3}$"))
    ),
    Column(
        "published_at",
        TIMESTAMP,
        "Time of publication in UTC; midnight UTC of the day where only that is known.",
        (required(), between("1990-01-01T00:00:00+00:00", None)),
    ),
    Column("published_precision", CATEGORY, "How exactly the time is known.", (one_of(PRECISIONS),)),
    Column(
        "published_zone",
        CATEGORY,
        "Zone the time was read in: an offset or name the page gave, else the source's.",
        (lengths(1, 64),),
    ),
    Column(
        "published_clue",
        CATEGORY,
        "What gave the time: `given`, `jsonld`, `meta`, `microdata`, `time`, `date line`, `url`; `rule`, a rule of the site; "
        "`change`, where only a time of change is stated.",
        (one_of(CLUES, Severity.WARNING),),
    ),
    Column(
        "modified_at",
        TIMESTAMP,
        "Time of the last change the page states, in UTC.",
        (between("1990-01-01T00:00:00+00:00", None, Severity.WARNING),),
    ),
    Column(
        "crawled_at",
        TIMESTAMP,
        "Time the record was fetched, in UTC, where the dump says it record by record.",
        (between("1990-01-01T00:00:00+00:00", None, Severity.WARNING),),
    ),
    Column("images", pa.list_(IMAGE), "Pictures of the article: caption, alternative text, credit, agency slug, address."),
    Column("rails", pa.list_(RAIL), "Lists of links to other stories that stood on the page: heading, 'more' line, items."),
    Column(
        "word_count", pa.int32(), "Words in the body; characters for scripts without spaces.", (required(), between(1, 100_000))
    ),
    Column(
        "page_type",
        CATEGORY,
        "What kind of page it is: `article`; `live_blog`, updated as things happen; `gallery` and `video`, whose text is little "
        "beside them; `stub`, the beginning of an article that the rest is withheld from; `consent` and `error`, shown in place "
        "of an article; `index`, a list of articles.",
        (required(), one_of(PAGE_TYPES)),
    ),
    Column(
        "free_to_read",
        pa.bool_(),
        "Whether the page says it can be read without paying (`isAccessibleForFree`, the tier of its content, the words of a "
        "barrier); null where it does not say.",
    ),
    Column(
        "stated_body",
        CATEGORY,
        "How the text that the page states in its JSON-LD (`articleBody`) compares with the body: `same`; `truncated`, only a "
        "part of it; `longer`, the body is only a part of what is stated; `differs`; null where none is stated.",
        (one_of(STATED_BODIES),),
    ),
    Column(
        "label_confidence",
        pa.float32(),
        "Mean probability of the labels of the blocks kept, 0 to 1.",
        (required(), between(0, 1)),
    ),
    Column(
        "fingerprint",
        pa.string(),
        "Hash of title, standfirst and body: equal text, equal value.",
        (required(), unique(Severity.WARNING)),
    ),
    *ORIGIN_COLUMNS,
)

CURATED_COLUMNS = (
    Column("source", CATEGORY, SOURCE.description, (required(),)),
    Column("version", pa.int32(), "How many different texts of the article were seen up to this one.", (between(1, None),)),
    Column("first_seen_dump", pa.string(), "First dump the article stood in."),
    Column("last_seen_dump", pa.string(), "Last dump the article stood in."),
    Column("duplicate_of", pa.string(), "article_id of the first publication of the same story, where this is a copy."),
    Column("copies", pa.list_(pa.string()), "article_ids of the same story at other publishers, where this is the first."),
    Column("story_id", pa.string(), "article_id of the first publication of the story, of this article where there is no other."),
    Column(
        "similarity",
        pa.float32(),
        "Where this is a copy: share of the shorter text's runs of three words that stand in the publication it was linked by, "
        "which `story_links` names.",
        (between(0, 1),),
    ),
)

VERSION_COLUMNS = (
    Column("source", CATEGORY, SOURCE.description, (required(),)),
    Column("seen_as", pa.string(), "Its id in `clean`: another than the article's where the address changed with the text."),
    Column("version", pa.int32(), "Number of the text, from 1, by when it was first seen.", (between(1, None),)),
    Column("is_current", pa.bool_(), "Whether this is the text that stands in `articles`.", (required(),)),
    Column("first_seen_dump", pa.string(), "First dump this text stood in."),
    Column("last_seen_dump", pa.string(), "Last dump this text stood in."),
    Column("changed", pa.list_(pa.string()), "Columns in which it differs from the version before; empty in the first."),
    Column(
        "similarity",
        pa.float32(),
        "Share of the runs of three words of both bodies that stand in this version's and in that of the version before; null in the first.",
        (between(0, 1),),
    ),
)

SIGNATURE_COLUMNS = (
    Column("article_id", pa.string(), "The article, in its current version.", (required(),)),
    Column("source", CATEGORY, SOURCE.description, (required(),)),
    Column("published_at", TIMESTAMP, "Time of publication in UTC."),
    Column("fingerprint", pa.string(), "Which text the rest is taken from.", (required(),)),
    Column(
        "superseded_by",
        pa.string(),
        "article_id under which the source later had the same article, where it changed its address.",
    ),
    Column("text_hash", pa.int64(), "Hash of the text's words: equal texts, equal values; null where there are hardly any."),
    Column("shingles", pa.list_(pa.uint32()), "The smallest hashes of its runs of three words, in order."),
    Column("names", pa.list_(pa.uint32()), "The smallest hashes of its words with a capital where no sentence begins, in order."),
    Column("numbers", pa.list_(pa.uint32()), "The smallest hashes of its words with a figure, in order."),
)

STORY_LINK_COLUMNS = (
    Column("article_id", pa.string(), "An article that tells the story of an earlier one at another source.", (required(),)),
    Column("published_at", TIMESTAMP, "When it was published, in UTC."),
    Column(
        "copy_of",
        pa.string(),
        "article_id of the earliest article it was found to copy, which may be a copy itself.",
        (required(),),
    ),
    Column("copy_of_published_at", TIMESTAMP, "When that was published, in UTC."),
    Column(
        "similarity", pa.float32(), "Share of the shorter text's runs of three words that stand in the other.", (between(0, 1),)
    ),
)

REJECT_COLUMNS = (
    Column("stage", CATEGORY, "Where it was stopped: read, segment, assemble or validate.", (required(),)),
    Column("reasons", pa.list_(pa.string()), "Why: a reason, or the expectations it failed, as `expectation:column`."),
    Column("detail", pa.string(), "The same in words, with what was found."),
    Column("article_id", pa.string(), "Id it would have had, where it got that far."),
    Column("url", pa.string(), "Address, where known."),
    Column("title", pa.string(), "Title, where found."),
    Column("published_at", TIMESTAMP, "Time of publication, where found."),
    Column("body", pa.string(), "Body, where found."),
    *ORIGIN_COLUMNS,
)

REMOVED_COLUMNS = (
    Column("article_id", pa.string(), "Article the block was cut from.", (required(),)),
    Column("ordinal", pa.int32(), "Position of the block in the document, from 0.", (required(),)),
    Column("label", CATEGORY, "What the block is: rail, promo, boilerplate, …", (required(),)),
    Column("probability", pa.float32(), "How sure the labeller was, 0 to 1.", (between(0, 1),)),
    Column("reasons", pa.list_(pa.string()), "Strongest reasons for the label, in words."),
    Column("text", pa.string(), "The block's text."),
)

CORRECTION_COLUMNS = (
    Column("corrected_at", TIMESTAMP, "When a person judged the block.", (required(),)),
    Column("corrected_by", pa.string(), "Who did, by the name in Airflow.", (required(),)),
    Column("article_id", pa.string(), "Article the block's document became.", (required(),)),
    Column("ordinal", pa.int32(), "Position of the block in the document, from 0.", (required(),)),
    Column("text", pa.string(), "The block's text.", (required(),)),
    Column("label_given", CATEGORY, "What the labeller took the block for.", (required(),)),
    Column("label", CATEGORY, "What the block is in that person's judgement; null where an earlier one is withdrawn."),
    Column("labeller", pa.string(), "Version of the labeller that erred."),
    *ORIGIN_COLUMNS,
)

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
        "Versions of the code, the labeller, the schema and the newsroom's site rules.",
    ),
)

CLEAN = Dataset(
    "clean", "one accepted record of one dump", (SOURCE, DUMP), ARTICLE_COLUMNS, sort="published_at", key=("article_id",)
)
QUARANTINE = Dataset("quarantine", "one record that was not accepted", (SOURCE, DUMP), REJECT_COLUMNS)
REMOVED = Dataset("removed", "one block that was cut from an accepted article", (SOURCE, DUMP), REMOVED_COLUMNS)
RUNS = Dataset("runs", "one run", (SOURCE, DUMP), RUN_COLUMNS, appends=True, written_by="ingest, curate")
ARTICLES = Dataset(
    "articles",
    "the current version of one article",
    (PUBLISHED_DATE,),
    (*ARTICLE_COLUMNS, *CURATED_COLUMNS),
    sort="published_at",
    written_by="curate",
    key=("article_id",),
)

ARTICLE_VERSIONS = Dataset(
    "article_versions",
    "one text of an article that was seen with more than one, in the partition of its current version",
    (PUBLISHED_DATE,),
    (*ARTICLE_COLUMNS, *VERSION_COLUMNS),
    written_by="curate",
    key=("article_id", "version"),
)
STORY_LINKS = Dataset(
    "story_links",
    "one article and the earlier one it was found to copy",
    (PUBLISHED_MONTH,),
    STORY_LINK_COLUMNS,
    sort="published_at",
    written_by="curate",
    key=("article_id",),
)
SIGNATURES = Dataset(
    "signatures",
    "what is kept of one article to compare it with others",
    (PUBLISHED_MONTH,),
    SIGNATURE_COLUMNS,
    sort="published_at",
    written_by="curate",
    key=("article_id",),
)

CORRECTIONS = Dataset(
    "corrections",
    "one judgement of a person on the label of one block, of which the latest holds",
    (SOURCE, DUMP),
    CORRECTION_COLUMNS,
    appends=True,
    written_by="people, on the Copydesk page",
)

DATASETS = {
    d.name: d for d in (CLEAN, ARTICLES, ARTICLE_VERSIONS, QUARANTINE, REMOVED, RUNS, SIGNATURES, STORY_LINKS, CORRECTIONS)
}

EXPLANATION = pa.schema(
    [
        ("ordinal", pa.int32()),
        ("text", pa.string()),
        ("label", pa.string()),
        ("probability", pa.float32()),
        ("reasons", pa.list_(pa.string())),
        ("kept", pa.bool_()),
    ]
)
