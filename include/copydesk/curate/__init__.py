"""Across dumps: versions, copies, publication days."""
