"""The background work, step by step."""
