"""Labelled blocks become articles here: each module makes some columns of a row from one document."""
