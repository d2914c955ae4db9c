"""The whole way through, in real browsers, on the real start command."""
