"""The realm as code: what is wanted (files), what is there (Keycloak), the difference, and how it is closed (§11)."""
