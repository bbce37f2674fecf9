"""What takes a task longest to import: whoever forks the processes of tasks imports it once, before."""

from __future__ import annotations

MODULES = (
    "copydesk.quality.library",  # Great Expectations, seconds
    "great_expectations.render.renderer.page_renderer",
    "copydesk.steps.segmenting",
    "copydesk.steps.judging",
    "copydesk.steps.publishing",
    "copydesk.curate.months",
)
