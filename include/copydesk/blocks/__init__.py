"""HTML and text become the same thing here: a table of blocks."""
