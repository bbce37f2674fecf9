"""One run: what it read, what was expected of it and what came of that, and what a person decides where it is held."""
