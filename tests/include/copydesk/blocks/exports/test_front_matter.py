from __future__ import annotations

import pytest

from copydesk.blocks.exports.reading import read_export
from exported import FRONT_MATTER, TEXT, TITLE, read


@pytest.mark.parametrize(
    ("written", "claims"),
    [
        (
            'title: "The \\"old\\" ferry" # ours\ndate: 2019-03-12 # a Tuesday',
            {"title": 'The "old" ferry', "published_at": "2019-03-12"},
        ),
        (
            "title: 'It''s back'\nauthor:\n  name: Jane Smith\n  email: jane@a.example",
            {"title": "It's back", "author": "Jane Smith"},
        ),
        (
            "title: Back\nauthors:\n- name: Jane Smith\n  url: /jane\n- name: Bo Ek",
            {"title": "Back", "author": "Jane Smith; Bo Ek"},
        ),
        ("title: Back\nauthor: null\nimage:\n  title: The quay\n  url: /quay.jpg", {"title": "Back"}),
        ("title: Back\nsection: [News,\n  Sea]\nseo:\n  title: Other", {"title": "Back", "section": "News"}),
        ("title: Back\ndescription: |\n  Note: it is\n\n  back.", {"title": "Back", "description": "Note: it is back."}),
        (
            '+title = """Back"""\nauthors = ["Jane Smith", "Bo Ek"]\n[params]\n  title = "Other"',
            {"title": "Back", "author": "Jane Smith; Bo Ek"},
        ),
    ],
    ids="escapes map maps nothing list text toml".split(),
)
def test_front_matter_is_read_as_systems_write_it(written: str, claims: dict[str, str]) -> None:
    fence = "+++" if written.startswith("+") else "---"
    export = read_export("\n".join([fence, written.removeprefix("+"), fence, TEXT]).encode())

    assert export is not None
    assert {claim.field: claim.value for claim in export.claims} == claims
    assert export.article.decode() == TEXT


def test_lists_within_lists_are_read_as_one_whatever_their_depth() -> None:
    nested = FRONT_MATTER.replace("[Ferries, 'Harbours']", "[[Ferries, ['Harbours']]]")
    deep = FRONT_MATTER.replace("[Ferries, 'Harbours']", "[" * 9000 + "]" * 9000)

    assert read(nested)["tags"] == ["Ferries", "Harbours"]
    assert read(deep)["title"] == TITLE
