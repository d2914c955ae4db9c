"""Many clients, every call written down, and the rows afterwards checked against what was said."""
