"""What the networks are told of a block: columns of one matrix, a row a block."""
