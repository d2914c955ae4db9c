"""The connection test: media to our server and back, and what the figures mean."""
