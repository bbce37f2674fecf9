"""Readers while days are published over and over by a writer that is killed."""
