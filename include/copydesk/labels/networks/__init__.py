"""The hand-set opinion, the small networks that learn to put it right, and the bar that a block must reach."""
