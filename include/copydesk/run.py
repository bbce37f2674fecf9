"""Which dump of which source is made, with what settings: what every step is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from copydesk.dumps import Kind, check_place, is_archive, is_day
from copydesk.errors import BadInput
from copydesk.settings import Settings
from copydesk.sources import Source, find
from copydesk.storage import Storage
from copydesk.workdir import Workdir


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt to make the partition `key` of a source: the dump of a day, or an archive."""

    source: Source
    key: str
    run_id: str
    settings: Settings
    kind: Kind = Kind.DAY
    place: str | None = None  # path or glob of an archive below the raw root, where the source's own pattern is not meant

    @classmethod
    def from_env(cls, name: str, key: str, run_id: str, kind: Kind = Kind.DAY, place: str | None = None) -> Self:
        """The run of a source by its name, with the settings of the process environment."""
        settings = Settings.from_env()
        return cls(find(name, settings.sources), key, run_id, settings, kind, place)

    @property
    def lake(self) -> Storage:
        """Where the datasets are."""
        return Storage.open(self.settings.lake)

    @property
    def raw(self) -> Storage:
        """Where the dumps are."""
        return Storage.open(self.settings.raw)

    @property
    def work(self) -> Workdir:
        """Where the steps leave what the next ones need."""
        return Workdir.of(self.lake, self.source.name, self.key, self.run_id)

    @property
    def values(self) -> dict[str, str]:
        """The partition of the datasets by source and dump."""
        return {"source": self.source.name, "dump": self.key}

    def __post_init__(self) -> None:
        """BadInput where the key is not of its kind: an archive must not take the place of a day, nor a slip make a partition."""
        if self.kind is Kind.DAY:
            _check_day(self)
        else:
            _check_archive(self)


def _check_day(run: Run) -> None:
    if not is_day(run.key):
        raise BadInput(f"{run.source.name}: {run.key!r} is no day; give the day of the dump, such as 2026-11-03")
    if run.place is not None:
        raise BadInput(f"{run.source.name} {run.key}: a day lies where the source says; a path needs the name of an archive")


def _check_archive(run: Run) -> None:
    if not is_archive(run.key):
        advice = "give a name that begins with a letter, such as wire-2010-2020; an archive named like a day would replace it"
        raise BadInput(f"{run.source.name}: {run.key!r} is no name of an archive; {advice}")
    try:
        check_place(run.place or ".")
    except ValueError as error:
        raise BadInput(f"{run.source.name} {run.key}: path {run.place!r}: {error}") from None
