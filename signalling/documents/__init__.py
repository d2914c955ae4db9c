"""Documents on the table: handed in by one side, seen as page images by both."""
