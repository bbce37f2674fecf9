"""What a page states of itself for machines: JSON-LD, microdata and the head."""
