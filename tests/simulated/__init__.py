"""Many days on a clock that jumps from due moment to due moment: what was foretold, and what came."""
