"""The floors: the least that could do the same job, so that a figure of ours says what our part costs."""
