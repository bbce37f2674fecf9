"""What README, CONTRIBUTING and docs/ link to: a page that is moved takes its links along. And that code stays code where text is wrapped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
PAGES = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md"), CHECKOUT / "include" / "samples" / "README.md"]
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: small letters, no signs, hyphens for spaces."""
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in HEADING.findall(page.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_link_leads_to_a_file_and_a_heading_of_it(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), f"{path} is not there"
        assert not anchor or anchor in anchors(target), f"{path} has no heading #{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_code_begins_and_ends_on_lines_of_its_own(page: Path) -> None:
    fences = [line.strip() for line in page.read_text("utf-8").splitlines() if "```" in line]
    assert [fence for fence in fences if not re.fullmatch(r"```[a-z]*", fence)] == []
    assert fences[1::2] == ["```"] * (len(fences) // 2) and len(fences) % 2 == 0


@pytest.mark.parametrize(
    ("index", "folder"),
    [
        ("docs/README.md", "docs"),
        ("docs/decisions/README.md", "docs/decisions"),
        ("docs/operations/README.md", "docs/operations"),
    ],
)
def test_an_index_names_every_page_beside_it(index: str, folder: str) -> None:
    named = {path for path, _ in LINK.findall((CHECKOUT / index).read_text("utf-8"))}
    assert {page.name for page in (CHECKOUT / folder).glob("*.md")} - {"README.md"} <= named
