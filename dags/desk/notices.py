"""Who is told of failures, as `COPYDESK_NOTIFY` names them: `mailto:desk@example.org slack:news_alerts http:pager`; nobody unless set."""

from __future__ import annotations

import os
from typing import Any

from copydesk.settings import SettingsError


def read_notices() -> tuple[list[Any], list[SettingsError]]:
    """A notifier for each target, and the error of each that is wrong."""
    found, errors = [], []
    for target in os.environ.get("COPYDESK_NOTIFY", "").split():
        from copydesk_notices import notifier  # of plugins/, only where somebody is to be told

        try:
            found.append(notifier(target))
        except ValueError as error:
            errors.append(SettingsError(f"COPYDESK_NOTIFY: {error}"))
    return found, errors
