"""Articles: of one dump, in their current version, and in those before it."""

from __future__ import annotations

import pyarrow as pa

from copydesk.schema.dataset import (
    CATEGORY,
    DUMP,
    ORIGIN_COLUMNS,
    PUBLISHED_DATE,
    SOURCE,
    TIMESTAMP,
    Column,
    Dataset,
)
from copydesk.schema.rule import Severity, between, lengths, matches, one_of, required, unique

IMAGE = pa.struct(
    [("caption", pa.string()), ("alt", pa.string()), ("credit", pa.string()), ("slug", pa.string()), ("url", pa.string())]
)

RAIL_ITEM = pa.struct([("headline", pa.string()), ("caption", pa.string()), ("url", pa.string())])
RAIL = pa.struct([("heading", pa.string()), ("more", pa.string()), ("items", pa.list_(RAIL_ITEM))])
PAGE_TYPES = ("article", "live_blog", "gallery", "video", "stub", "consent", "error", "index")
STATED_BODIES = ("same", "truncated", "longer", "differs")
CLUES = ("given", "jsonld", "meta", "microdata", "time", "date line", "url", "rule", "change")
PRECISIONS = ("second", "minute", "day")

ARTICLE_COLUMNS = (
    Column(
        "article_id",
        pa.string(),
        "Stable id: hash of source and, of an agency's item, its name, which all its versions have; else of canonical URL, else of title "
        "and date, else of the record's id.",
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
        "paragraph_labels",
        pa.list_(pa.string()),
        "What each of them is: `body`, `heading`, `quote`, `list` or `table`.",
    ),
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
        "Time of publication in UTC; midnight UTC of the day where only that is known. Before 1990 only where the record gives it.",
        (required(), between("1700-01-01T00:00:00+00:00", None)),
    ),
    Column(
        "newsroom_day",
        pa.date32(),
        "Day of publication as the newsroom calls it: that of `published_at` in `published_zone`, or in the source's zone where the "
        "first is Greenwich's. Partitions go by the day in UTC.",
    ),
    Column("published_precision", CATEGORY, "How exactly the time is known.", (one_of(PRECISIONS),)),
    Column(
        "published_zone",
        CATEGORY,
        "Zone of the newsroom's clock: an offset or name the page gives, or shows by a clock beside the time in UTC, else the source's.",
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
    Column(
        "item_version",
        pa.int64(),
        "Which version of its item this is, as the agency numbers them; null where it does not, and of anything else.",
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
        (required(),),
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
    Column(
        "version",
        pa.int32(),
        "Number of the text, from 1, by `item_version`, else by when it was first seen.",
        (between(1, None),),
    ),
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

CLEAN = Dataset(
    "clean", "one accepted record of one dump", (SOURCE, DUMP), ARTICLE_COLUMNS, sort="published_at", key=("article_id",)
)

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
