"""Tests of the provider `ftn`."""
