"""What the DAG files share: assets, the retry policy, and the way from a context to a run."""
