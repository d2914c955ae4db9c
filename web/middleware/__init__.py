"""What stands between the socket and each handler, a concern per file, in the order of order.py."""
