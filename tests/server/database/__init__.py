"""What only the database can show."""
