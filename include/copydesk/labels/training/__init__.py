"""Learning the labeller from gold sets; nothing here is needed to use it."""
