"""What the house promises, proved."""
