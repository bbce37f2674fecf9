"""Members of tar and zip archives, streamed and never written under their names."""
