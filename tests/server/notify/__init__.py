"""Letters and the ways they travel."""
