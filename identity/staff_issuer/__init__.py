"""The staff's sign-in by the organisation's issuer: Entra ID, Keycloak, any that speaks OpenID Connect."""
