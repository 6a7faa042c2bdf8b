"""Chooses what to hide. Shares no code with `attack`."""
