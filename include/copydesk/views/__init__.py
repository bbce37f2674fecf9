"""What the pages show, as plain values: read from manifests, `runs` and single row groups, and never from whole partitions."""
