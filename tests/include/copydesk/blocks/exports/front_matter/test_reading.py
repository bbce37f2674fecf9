from __future__ import annotations

import json

import pytest

from copydesk.blocks.exports.reading import read_export
from exported import FRONT_MATTER, PARAGRAPHS, TEXT, TITLE, read
from timing import done_within


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


OBJECT = json.dumps(
    {"title": TITLE, "date": "2019-03-12", "author": [{"name": "Jane Smith", "url": "/jane"}, "Bo Ek"], "draft": False}
)
TOML = f'title = "{TITLE}"\ndate = 2019-03-12T07:00:00Z\nauthors = [\n  "Jane Smith", # ours\n  "Bo Ek",\n]\ndescription = """\nIt is back.\nAt last."""\n[[resources]]\nsrc = "a.jpg"'


@pytest.mark.parametrize(
    "written",
    [
        OBJECT,
        json.dumps(json.loads(OBJECT), indent=2),
        f";;;\n{OBJECT}\n;;;",
        f"---json\n{OBJECT}\n---",
        f"+++\n{TOML}\n+++",
        f"---toml\n{TOML}\n---",
        '---\n"title": "Ferry to Holm\n  sails again"\n"date": !!timestamp 2019-03-12\n"author": &both\n  - Jane Smith\n  - Bo Ek\n"editor": *both\n---'.replace(
            "Ferry to Holm\n  sails again", TITLE.replace(" ", "\n  ", 1)
        ),
        f"---\ntitle: !!str {TITLE}\nwriters: &both [{{name: Jane Smith, url: /jane}}, Bo Ek]\ndate: 2019-03-12\nauthor: Jane Smith; Bo Ek\n---",
        f"---\ntitle: {TITLE}\nwho: &both [Jane Smith, Bo Ek]\ndate: 2019-03-12\nauthor: *both\n...",
    ],
    ids="object lines semicolons json plus toml multi tags alias".split(),
)
def test_json_toml_and_all_of_yaml_are_read(written: str) -> None:
    found = read(f"{written}\n\n{TEXT}")

    assert (found["title"], found["authors"], str(found["published_at"])[:10]) == (TITLE, ["Jane Smith", "Bo Ek"], "2019-03-12")
    assert found["paragraphs"] == PARAGRAPHS


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "A", "date": "2019-03-12"} is what the letter said.\n' + TEXT,
        "{curly} are the waves\n" + TEXT,
        '{"ferries": 4, "boats": 2}\n' + TEXT,
        "+++ 17:42: +++ The boat is back\n+++ 17:10: +++ It left\n" + TEXT,
        ';;;\n{"title": \n;;;\n' + TEXT,
    ],
)
def test_what_only_opens_like_front_matter_stays(text: str) -> None:
    assert read_export(text.encode()) is None


@pytest.mark.parametrize(
    "written",
    [
        '{"title": ' + "[" * 200_000,
        '{"title": ' + '{"a":' * 60_000,
        "+++\ntitle = " + "[" * 200_000 + "\n+++",
        "+++\n" + "a." * 100_000 + 'b = "c"\n+++',
        "+++\n" + "".join(f"[a{'.a' * at}]\n" for at in range(90)) + "+++",
        "---\na: &a [b, b]\n" + "".join(f"c{at}: &c{at} [*a, *a]\n" for at in range(90)) + "title: *c89\nauthor: *a\n---",
        "---\ntitle: &a *a\nauthor: *b\ntags: &b *b\n---",
        "---\ntitle: " + "!!str " * 60_000 + "\n---",
        "---\ntitle: {" + "name: " * 60_000 + "}\n---",
        "---\ntitle: '" + "''" * 150_000 + "\n---",
        '{"title": ' + "9" * 300_000 + "}",
    ],
)
def test_no_front_matter_takes_long(written: str) -> None:
    done_within(1, lambda: read_export(f"{written}\n\n{TEXT}".encode()))
