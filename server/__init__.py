"""How it all runs: wiring, database, background work, commands."""
