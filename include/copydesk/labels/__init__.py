"""What each block is: features, model, sequence pass, explanation."""
