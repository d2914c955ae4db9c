"""Telling other programs of facts: bodies, signatures, and targets that are safe to call."""
