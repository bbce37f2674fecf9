"""What must hold of rows and runs, and what happens where it does not."""
