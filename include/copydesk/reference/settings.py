"""The page on the environment variables and the keys of a source file."""

from __future__ import annotations

from copydesk.blocks import crowding
from copydesk.raw import manifest
from copydesk.raw.archives import tar
from copydesk.raw.compression import codecs, resuming
from copydesk.raw.xml import tree
from copydesk.reference.keys import default, keys, meaning, values_of
from copydesk.reference.markdown import NOTICE, table
from copydesk.settings import PREFIX, Settings
from copydesk.sources import Source

FIXED_LIMITS = [
    (crowding.MAX_TAGS, "tags of a page"),
    (crowding.MAX_LINES, "lines of a text"),
    (tree.MAX_DEPTH, "elements in one another, in an item of XML"),
    (tree.MAX_ELEMENTS, "elements in an item of XML"),
    (tree.MAX_NAMESPACES, "namespaces that hold for an element of XML"),
    (tar.MAX_HEADER_BYTES, "bytes of long names and extended headers before a member of a tar"),
    (codecs.MAX_WINDOW_BYTES, "bytes that a decoder must remember, which `xz -9` and `zstd --ultra -22` do not pass"),
    (resuming.MAX_TRIES, "places in a damaged compressed file that are tried for a member to go on with"),
    (manifest.MAX_BYTES, "bytes of a manifest"),
]


def settings_page() -> str:
    """The page on the environment variables and on the keys of a source file."""
    variables = [
        (f"`{PREFIX}{name.upper()}`", default(field), meaning(name, field)) for name, field in Settings.model_fields.items()
    ]
    given = [(f"`{name}`", values_of(field), default(field), meaning(name, field)) for name, field in keys(Source)]
    parts = [
        "# Settings",
        NOTICE,
        "## Environment",
        table(("variable", "default", "meaning"), variables),
        "Some limits are no settings, for no honest file comes near them:",
        table(("at most", "of what"), [(f"{number:,}", what) for number, what in FIXED_LIMITS]),
        "## Source files",
        "One TOML file a source, in the folder `COPYDESK_SOURCES`, named `<name>.toml`. A key with a dot stands in a table: "
        "`quality.min_words` is `min_words` under `[quality]`.",
        table(("key", "type", "default", "meaning"), given),
    ]
    return "\n\n".join(parts) + "\n"
