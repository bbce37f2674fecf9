"""Coverage-guided fuzzing of readers and extraction; it wants the extra `fuzz`."""
