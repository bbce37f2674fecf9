"""What a lake needs beside runs: what may go is found first, told, and then taken away."""
