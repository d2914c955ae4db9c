"""A client of meetings as a stranger would write one: it knows PROTOCOL.md, and imports nothing of ours."""
