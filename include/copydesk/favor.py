"""The one dial of extraction: which of two mistakes weighs more, a line too many or a line lost."""

from __future__ import annotations

from typing import Literal

Favor = Literal["balance", "precision", "recall"]
FAVORS: tuple[Favor, ...] = ("balance", "precision", "recall")  # first what holds unless somebody chooses
BALANCE: Favor = "balance"
