"""Turn an archive of many years, of one source, into clean, validated Parquet.

Runs by hand or by the API. *Trigger* asks for three things: the **source**; a **key**, the name under which the archive stands
in the lake beside the source's days (`clean/source=…/dump=wire-2010-2020`); and the **path** of its files below
`COPYDESK_RAW`, a glob such as `archive/2010-2020/*.jsonl.zst`; without one, that of the source with the key in it.

- Large files are cut into pieces, and the archive into at most `COPYDESK_MAX_SHARDS` shards of similar work.
- **After a failure:** *Clear* the run. Only shards that are not finished are done again; if a file, the source, a setting or the
  code has changed since, all are.
- **`judge` failed:** too much was wrong, and nothing was published. The message gives the numbers, `runs` the files.
- **The same key again** replaces the archive whole; with the same input no byte changes.

Read by `curate`, which then runs once for each publication month the archive touched.
"""

from __future__ import annotations

from airflow.sdk import Param, dag

from copydesk.dumps import ARCHIVE
from desk.assets import ARCHIVES
from desk.catalog import read_catalog
from desk.policy import DEFAULTS
from desk.wiring import wire

PATH = "Files of the archive below COPYDESK_RAW, a path or a glob; empty: where the source says, with the key as {key}."


def ingest_archive(sources: list[str]) -> None:
    """Register the DAG, for archives of these sources."""

    @dag(
        dag_id="ingest_archive",
        schedule=None,
        catchup=False,
        max_active_runs=1,
        default_args=DEFAULTS,
        tags=["ingest", "archive"],
        doc_md=__doc__,
        params={
            "source": Param(type="string", enum=sources, description="Whose articles they are."),
            "key": Param(
                type="string", pattern=f"^{ARCHIVE.pattern}$", description="Name of the archive; it begins with a letter."
            ),
            "path": Param(None, type=["null", "string"], minLength=1, maxLength=1000, description=PATH),
        },
    )
    def archive() -> None:
        wire("{{ params.source }}", ARCHIVES)

    archive()


if catalog := read_catalog()[0]:
    ingest_archive(sorted(catalog))
