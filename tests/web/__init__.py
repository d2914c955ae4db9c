"""Tests of the web room, over real sockets."""
