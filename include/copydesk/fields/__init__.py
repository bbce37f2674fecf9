"""Fields of an article read from labelled blocks and structured data."""
