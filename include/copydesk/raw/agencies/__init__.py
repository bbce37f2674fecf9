"""The formats of news agencies and web feeds: items with a story and what is given of it."""
