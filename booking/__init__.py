"""When people meet, and whether they came."""
