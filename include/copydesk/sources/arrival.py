"""The `[arrival]` table of a source that waits for its dumps."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from copydesk.dumps import check_pattern

LONGEST_WAIT_HOURS = 366 * 24
LONGEST_SETTLING_MINUTES = 24 * 60


def _one_file(marker: str | None) -> str | None:
    if marker is None:
        return None
    if re.search(r"[*?\[]", marker):
        raise ValueError("must be the path of one file, without *, ? or [")
    return check_pattern(marker)


class Arrival(BaseModel):
    """How to know that a dump is complete, and how long to wait for that."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    marker: Annotated[
        str | None,
        AfterValidator(_one_file),
        Field(description="File under COPYDESK_RAW that is put there when the dump is complete, such as `lbc/{key}/_SUCCESS`."),
    ] = None
    settle_minutes: Annotated[
        int,
        Field(
            ge=0, le=LONGEST_SETTLING_MINUTES, description="Without a marker: complete when no file came or changed for so long."
        ),
    ] = 10
    deadline_hours: Annotated[
        float, Field(ge=0, le=LONGEST_WAIT_HOURS, description="How long after the end of its day a dump is waited for.")
    ] = 20
    after_deadline: Annotated[
        Literal["fail", "ingest"], Field(description="A dump not complete by then: fail, or ingest what is there.")
    ] = "fail"
