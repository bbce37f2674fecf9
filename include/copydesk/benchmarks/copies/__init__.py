"""Planted copies and versions, and how many of them curation finds: the page docs/copies.md."""
