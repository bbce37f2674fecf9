"""The rails that were cut from a page: their lines, the stories on those, and the column they become."""
