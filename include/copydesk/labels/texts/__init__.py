"""Texts as arrays, thousands at once: characters, letters, words and lines, looked at once and known again by number."""
