"""The benchmarks: each figure is a ratio over a floor that is measured in turns with it."""
