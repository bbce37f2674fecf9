"""Bytes to text: which encoding, and what has to be repaired."""
