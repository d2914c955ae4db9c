"""Tests of the signalling room."""
