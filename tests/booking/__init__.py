"""The booking room's rules, proved on values."""
