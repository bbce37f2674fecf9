"""Where articles stand in the lake, and lists of them."""
