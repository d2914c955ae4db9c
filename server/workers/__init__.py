"""The background work, one step per file."""
