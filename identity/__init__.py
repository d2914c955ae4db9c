"""Who someone is, how surely, and what they may do."""
