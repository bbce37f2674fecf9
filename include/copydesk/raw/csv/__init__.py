"""CSV and TSV: rows with their places, in the form that each file has."""
