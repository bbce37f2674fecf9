"""XML files item by item, each bounded and without anything from outside it."""
