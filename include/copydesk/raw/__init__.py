"""Dump readers: one module a format, and decompression by content."""
