"""Faults that let users of other products down, put into ours: each must be seen by a test."""
