"""From "Logga in" to a session, and out again: the relying party's own thin layer (identity §4, §9)."""
