from __future__ import annotations

from copydesk.fields.claims import Claim
from copydesk.fields.people.authorship import pick_authors


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


def test_the_site_is_no_author_beside_people() -> None:
    sites = {"harbourcourier", "lenouvelliste"}

    assert pick_authors([author("Harbour Courier"), author("Ann Lee", "meta")], [], sites) == ("Ann Lee",)
    assert pick_authors([], ["Par Le Nouvelliste et Ann Lee"], sites) == ("Ann Lee",)
    assert pick_authors([], ["Par Le Nouvelliste"], sites) == ()


def test_where_nobody_signed_the_author_is_whom_the_page_states() -> None:
    assert pick_authors([author("Reuters")], [], ()) == ("Reuters",)
    assert pick_authors([Claim("credit", "Courier Newsroom", "jsonld")], [], ()) == ("Courier Newsroom",)
    assert pick_authors([author("Courier Newsroom")], ["By Ann Lee"], ()) == ("Ann Lee",)


def test_an_organisation_beside_the_site_counts_before_the_site() -> None:
    claims = [author("Harbour Courier"), author("By Nordhaven Wire", "microdata")]

    assert pick_authors(claims, [], {"harbourcourier"}) == ("Nordhaven Wire",)
    assert pick_authors(claims[:1], [], {"harbourcourier"}) == ("Harbour Courier",)


def test_an_account_a_number_an_address_and_who_made_the_site_are_no_authors() -> None:
    for name in ("admin", "105092", "https://courier.example/people/7", "desk@courier.example", ""):
        assert pick_authors([author(name)], [], ()) == ()
    assert pick_authors([author("nordwerk", "meta")], [], ()) == ()
