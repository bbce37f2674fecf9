from __future__ import annotations

from copydesk.blocks.table import Claim
from copydesk.fields.authorship import pick_authors


def author(name: str, clue: str = "jsonld") -> Claim:
    return Claim("author", name, clue)


def test_what_most_clues_say_counts_before_what_the_first_says() -> None:
    claims = [author("Ann Lee"), author("Photo Grapher"), author("Ann Lee", "meta")]

    assert pick_authors(claims, ["By Ann Lee"], ()) == ("Ann Lee",)


def test_where_all_differ_the_most_trusted_clue_counts() -> None:
    assert pick_authors([author("Bo Ek", "meta"), author("Ann Lee")], ["By Cy Dahl"], ()) == ("Ann Lee",)


def test_a_byline_may_name_more_than_the_page_states() -> None:
    assert pick_authors([author("Ann Lee"), author("Ann Lee", "meta")], ["By Ann Lee and Bo Ek"], ()) == ("Ann Lee", "Bo Ek")
    assert pick_authors([author("Ann Lee"), author("Ann Lee, Bo Ek", "meta")], [], ()) == ("Ann Lee", "Bo Ek")


def test_of_several_items_the_first_is_the_article_s() -> None:
    claims = [author("", "microdata"), author("By Ann Lee", "microdata"), author("Bo Ek", "microdata")]

    assert pick_authors(claims, [], ()) == ("Ann Lee",)


def test_the_site_is_no_author() -> None:
    sites = {"harbourcourier", "lenouvelliste"}

    assert pick_authors([author("Harbour Courier"), author("North Harbour Courier", "meta")], [], sites) == ()
    assert pick_authors([], ["Par Le Nouvelliste et Ann Lee"], sites) == ("Ann Lee",)
