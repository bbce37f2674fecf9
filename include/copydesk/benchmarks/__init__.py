"""How well and how fast Copydesk reads, side by side with its peers; nothing here is needed to use it."""
