"""A plan's work: large raw files cut into pieces, and pieces shared out to shards of similar work."""
