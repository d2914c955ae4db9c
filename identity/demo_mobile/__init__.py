"""An operator for the demo: phones of test persons, asked and answered by the real protocol."""
