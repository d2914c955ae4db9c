"""Who may use the TURN servers, and how that ends before its time."""
