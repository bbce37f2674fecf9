"""HTML, whoever reads it: the tree of a page, and what elements mean."""
