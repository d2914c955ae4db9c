"""What happens while they meet: the meeting, documents on the table, the connection test."""
