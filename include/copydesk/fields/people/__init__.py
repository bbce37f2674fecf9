"""Who wrote an article: names, their agencies, and the words that tell a name from a heading."""
