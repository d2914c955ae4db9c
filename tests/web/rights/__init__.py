"""Who may ask for what: every route, every kind of asker, both databases."""
