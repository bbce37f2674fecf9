"""The `[quality.expect]` table of a source: expectations by name, tightened, relaxed, switched off or added."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

ARGUMENTS: dict[str, frozenset[str]] = {
    "not_null": frozenset(),
    "null": frozenset(),
    "unique": frozenset(),
    "not_less": frozenset(),
    "between": frozenset({"min", "max"}),
    "length": frozenset({"min", "max"}),
    "in_set": frozenset({"values"}),
    "match_regex": frozenset({"pattern"}),
    "usual": frozenset({"tolerance"}),
}
NAME = rf"^({'|'.join(ARGUMENTS)}):[a-z][a-z0-9_]*$"


class Wish(BaseModel):
    """What a source wants of one expectation; what it does not say stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Literal["critical", "warning", "off"] | None = Field(None, description="How grave a failure is, or `off`.")
    min: int | float | str | None = Field(None, description="At least this; a time is text such as 1999-01-01T00:00:00Z.")
    max: int | float | str | None = Field(None, description="At most this.")
    values: tuple[str, ...] | None = Field(None, min_length=1, description="The values it may have.")
    pattern: str | None = Field(None, description="A regular expression that is found in it.")
    tolerance: float | None = Field(None, gt=0, le=100, description="How many times as far from the usual it may be.")

    @property
    def arguments(self) -> frozenset[str]:
        """The arguments it gives."""
        return frozenset(name for name in type(self).model_fields if name != "severity" and getattr(self, name) is not None)

    @model_validator(mode="after")
    def _compiles(self) -> Self:
        try:
            re.compile(self.pattern or "")
        except re.error as error:
            raise ValueError(f"pattern is no regular expression: {error}") from None
        return self


def _as_table(value: Any) -> Any:
    """A severity alone says all that most sources want."""
    return {"severity": value} if isinstance(value, str) else value


Name = Annotated[str, StringConstraints(pattern=NAME)]
Wishes = dict[Name, Annotated[Wish, BeforeValidator(_as_table)]]


def check_wishes(wishes: Wishes) -> Wishes:
    """The wishes as they are; ValueError for one whose arguments do not fit its kind."""
    for name, wish in wishes.items():
        known = ARGUMENTS[name.partition(":")[0]]
        if unknown := sorted(wish.arguments - known):
            takes = f"it takes {', '.join(sorted(known | {'severity'}))}"
            raise ValueError(f"{name} has no {', '.join(unknown)}; {takes}")
    return wishes
