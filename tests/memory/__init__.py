"""The unit of work in memory: what tests of verbs run on."""
