"""JSON lines and JSON documents of any size."""
