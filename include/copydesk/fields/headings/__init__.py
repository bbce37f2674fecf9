"""Titles, headlines and standfirsts: which line is one, and how it is written."""
