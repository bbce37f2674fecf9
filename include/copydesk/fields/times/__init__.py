"""When an article was published and changed: dates as people and systems write them, and which of several stands."""
