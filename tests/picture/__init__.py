"""Whether a room leaves by the picture: cameras with a marker on the wall, and filters that break."""
