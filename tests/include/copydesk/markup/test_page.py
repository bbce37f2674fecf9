from __future__ import annotations

from copydesk.blocks.html import parse

HEAD = '<meta name=date content=1><meta charset=utf-8><script type="application/ld+json">{}</script><script>a</script>'
BODY = (
    "<h1 itemprop=headline>T</h1><meta itemprop=author content=A><a rel=author itemprop=author>B</a>"
    '<script type="APPLICATION/LD+JSON">[]</script><svg><script>b</script></svg><xmp><p></xmp>'
)


def test_elements_are_found_once_whatever_they_are_asked_for() -> None:
    nodes = parse(f"<html itemprop=name><head>{HEAD}</head><body>{BODY}".encode()).nodes

    assert [node.attributes.get("content") for node in nodes.metas] == ["1", "A"]
    assert [node.text() for node in nodes.scripts] == ["{}", "[]"]
    assert [node.text() for node in nodes.headings] == ["T"]
    assert [node.tag for node in nodes.others] == ["h1", "meta", "a"]
    assert [node.tag for node in nodes.unseen] == ["script", "svg", "script"]
    assert [node.tag for node in nodes.literal] == ["xmp"]


def test_a_page_of_frames_states_what_stands_in_its_head() -> None:
    nodes = parse(f"<head>{HEAD}</head><frameset><frame src=a></frameset>".encode()).nodes

    assert (len(nodes.metas), len(nodes.scripts), nodes.unseen) == (1, 1, [])
