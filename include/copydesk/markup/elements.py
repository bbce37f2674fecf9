"""What HTML means, whichever parser reads it."""

from __future__ import annotations

# Elements whose text no reader sees, or that hold no text of the page.
UNSEEN = frozenset(
    "script style noscript template svg iframe object canvas select textarea head math audio video noembed noframes".split()
)
