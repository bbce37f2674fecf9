"""The one dial of extraction: which of two mistakes weighs more, a line too many or a line lost; or that there is nothing to cut."""

from __future__ import annotations

from typing import Literal

Favor = Literal["balance", "precision", "recall", "everything"]
FAVORS: tuple[Favor, ...] = ("balance", "precision", "recall", "everything")  # first what holds unless somebody chooses
BALANCE: Favor = "balance"
EVERYTHING: Favor = "everything"  # texts are articles already
ADDING: tuple[Favor, ...] = ("recall", EVERYTHING)  # what may keep lines that balance cuts
