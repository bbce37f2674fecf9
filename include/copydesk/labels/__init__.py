"""What each block is: features, the hand-set opinion, the learned networks, explanation."""
