"""A session: one host, one person, one assignment; the door is asked again on every request (identity §6, §8)."""
