"""Tests of what a fresh machine runs first."""
