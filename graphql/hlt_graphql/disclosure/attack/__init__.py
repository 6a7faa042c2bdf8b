"""Tries to find out what a release hides. Shares no code with `suppress`."""
