"""What kind of page a document is: what it shows is told from the words and the shape of what stands on it, and from what it states."""
