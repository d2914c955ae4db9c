"""The ear of the whole suite: whatever servers log and error pages say is searched for secrets at its end."""
