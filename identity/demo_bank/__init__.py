"""A bank for the demo: test persons, and assertions signed and checked like real ones."""
