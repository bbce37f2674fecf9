"""Where the data is and what a run may use, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Annotated, Self

from annotated_types import Unit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copydesk.errors import BadInput

MEBIBYTE = 1 << 20
PREFIX = "COPYDESK_"
Bytes = Annotated[int, Unit("byte"), Field(gt=0, le=1 << 40)]
Count = Annotated[int, Field(gt=0, le=1_000_000_000)]  # what is larger is a slip, and too much for the C code it ends in
Days = Annotated[int, Field(gt=0, le=100_000)]


class SettingsError(BadInput):
    """A setting is missing or wrong; the message says which, and what to put there."""


class Settings(BaseModel):
    """Each field is the environment variable `COPYDESK_<FIELD>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    raw: str = Field(min_length=1, description="Root of the raw dumps: a local path or an `s3://` URI.")
    lake: str = Field(min_length=1, description="Root of the datasets: a local path or an `s3://` URI.")
    sources: str = Field(min_length=1, description="Folder of the source files (TOML).")
    site_rules: str | None = Field(None, description="Folder of the newsroom's own site rules (docs/site_rules.md).")
    max_record_bytes: Bytes = Field(16 * MEBIBYTE, description="A larger record is rejected, in bytes.")
    max_expansion: Count = Field(200, description="A compressed file that grows more than so many times is rejected.")
    max_members: Count = Field(10_000_000, description="Members of an archive that are read; the rest is rejected.")
    max_spool_bytes: Bytes = Field(
        8192 * MEBIBYTE,
        description="A compressed zip or Parquet file larger than this inside is rejected; it is unpacked to a temporary file.",
    )
    max_reader_bytes: Bytes = Field(
        1024 * MEBIBYTE,
        ge=512 * MEBIBYTE,
        description="Memory of a process that reads raw files; what needs more, such as a huge page of Parquet, is rejected.",
    )
    max_html_depth: Count = Field(512, description="A page nested deeper is rejected, in open elements.")
    max_document_seconds: Count = Field(
        20, description="A document that takes more work, on reading, cutting or labelling, is rejected, in seconds of CPU."
    )
    shard_bytes: Bytes = Field(
        64 * MEBIBYTE,
        description="Work of a mapped task, in bytes to read once decompressed, about; up to four times that where it makes 32 tasks or more.",
    )
    max_shards: Count = Field(200, description="Mapped tasks a run at most; shards grow past `shard_bytes` to fit.")
    shards_at_once: Count = Field(
        16,
        description="Shards of one run that Airflow has at work at once, read when DAG files are; it never has more than workers have places.",
    )
    processes: Count | None = Field(
        None,
        description="Processes of `copydesk run` and `copydesk curate`; unless set, one a core that they may use. Of a run each has a shard of its own, and two more that read and label beside it: one takes 1.1 cores.",
    )
    keep_staging_days: Days = Field(
        7,
        description="Housekeeping removes the work of runs that died, and files no manifest names, so long after they were touched last.",
    )
    keep_removed_days: Days | None = Field(
        None, description="Housekeeping removes partitions of `removed` that were published longer ago; unless set, none."
    )
    keep_quarantine_days: Days | None = Field(
        None, description="Housekeeping removes partitions of `quarantine` that were published longer ago; unless set, none."
    )
    keep_versions_days: Days | None = Field(
        None,
        description="Housekeeping removes partitions of `article_versions` that were published longer ago; unless set, none.",
    )
    keep_data_docs_days: Days | None = Field(
        None, description="Housekeeping removes pages of Data Docs that are older; unless set, the last ten of a dump stay."
    )
    batch_records: Count = Field(1_000, description="Records labelled at once: more is faster and takes more memory.")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Self:
        """Settings from `env` (default: the process environment)."""
        env = os.environ if env is None else env
        names = {PREFIX + name.upper(): name for name in cls.model_fields}
        try:
            return cls.model_validate({name: env[variable] for variable, name in names.items() if env.get(variable)})
        except ValidationError as error:
            raise SettingsError(_sentence(error, env)) from None


def shards_at_once(env: Mapping[str, str] | None = None) -> int:
    """That setting alone: DAG files are read where no root is set, too."""
    env = os.environ if env is None else env
    roots = dict.fromkeys((f"{PREFIX}RAW", f"{PREFIX}LAKE", f"{PREFIX}SOURCES"), "not looked at")
    name = f"{PREFIX}SHARDS_AT_ONCE"
    return Settings.from_env(roots | {name: env.get(name, "")}).shards_at_once


def _sentence(error: ValidationError, env: Mapping[str, str]) -> str:
    """One line a mistake, each naming the variable."""
    lines = []
    for mistake in error.errors():
        variable = PREFIX + str(mistake["loc"][0]).upper()
        text = Settings.model_fields[str(mistake["loc"][0])].description
        found = "is not set" if mistake["type"] == "missing" else f"= {env.get(variable)!r}: {mistake['msg']}"
        lines.append(f"{variable} {found}. {text}")
    return "\n".join(lines)
