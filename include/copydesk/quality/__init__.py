"""What must hold of rows and runs, and what happens to those of which it does not."""
