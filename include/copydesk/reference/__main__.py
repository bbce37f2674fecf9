"""`python -m copydesk.reference`."""

from __future__ import annotations

import sys

from copydesk.reference.pages import main

sys.exit(main())
