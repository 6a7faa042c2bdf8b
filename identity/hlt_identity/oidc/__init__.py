"""The relying party's own part of OpenID Connect: endpoints, keys, and what a token must say (identity §4, §12)."""
