"""Providers as a stranger would write them, from the README alone."""
