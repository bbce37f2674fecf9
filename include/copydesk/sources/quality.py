"""The `[quality]` table of a source: what a run may look like and still be published."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from copydesk.sources.expectations import Wishes, check_wishes

LONGEST_MINIMUM = 1_000_000  # words; no article has more


class Quality(BaseModel):
    """What a run of this source may look like and still be published."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    max_quarantined_share: float = Field(0.2, ge=0, le=1, description="A run with a larger share in quarantine is held.")
    max_duplicate_share: float = Field(0.1, ge=0, le=1, description="A larger share of repeated ids is a warning.")
    min_words: int = Field(20, ge=0, le=LONGEST_MINIMUM, description="An article with a shorter body goes to quarantine.")
    history_runs: int = Field(28, ge=5, le=1000, description="A run is held against so many good ones of other days.")
    min_history_runs: int = Field(7, ge=3, le=1000, description="With fewer, nothing is known of what is usual.")
    expect: Annotated[
        Wishes,
        AfterValidator(check_wishes),
        Field(
            description='Expectations by name, such as `"between:word_count" = { min = 50 }` or `"usual:median_words" = "off"`; '
            "see quality.md."
        ),
    ] = {}
