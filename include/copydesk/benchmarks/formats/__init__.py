"""What every reader makes of good and bad files: the page docs/formats.md."""
