"""What each broker of the Finnish Trust Network differs in: one file each, data and no code."""
