"""Decompression by content, forward only and in bounded memory."""
