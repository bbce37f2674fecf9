"""A document as it came: its raw record read again in a process of its own, and its blocks; of articles and of quarantine."""
