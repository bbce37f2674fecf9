from __future__ import annotations

from copydesk.fields.stated.page_types import stated_kinds


def test_types_of_schema_org_are_read_with_and_without_their_address() -> None:
    assert stated_kinds(["http://schema.org/LiveBlogPosting"]) == {"live_blog", "article"}
    assert stated_kinds(["VideoObject", "ReportageNewsArticle", "Organization"]) == {"video", "article"}
    assert stated_kinds(["website"]) == set()
