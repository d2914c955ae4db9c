"""How letters are composed, and the channels by which they travel."""
