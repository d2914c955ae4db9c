"""The authorization code flow towards a broker, and the check of what it sends (OpenID Connect Core)."""
