"""How the schema came to be, step by step, the same on both databases."""
