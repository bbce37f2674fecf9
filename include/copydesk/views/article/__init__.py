"""One article with all that is known of it."""
