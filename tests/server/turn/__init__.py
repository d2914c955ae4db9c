"""Tests of who may use the TURN servers, and how that ends."""
