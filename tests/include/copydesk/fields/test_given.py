from __future__ import annotations

from copydesk.fields.claims import Claim
from copydesk.fields.given import given_claims


def test_each_value_that_is_given_is_a_claim_of_its_own():
    given = {"title": "Wall; quay", "authors": "Ann Lee; Bo Ek", "standfirst": "It is cracked.", "agency": "Tide Press"}
    assert list(given_claims(given)) == [
        Claim("title", "Wall; quay", "given"),
        Claim("author", "Ann Lee", "given"),
        Claim("author", "Bo Ek", "given"),
        Claim("description", "It is cracked.", "given"),
        Claim("agency", "Tide Press", "given"),
    ]
