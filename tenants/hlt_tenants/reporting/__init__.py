"""Counts for the region as frozen dataclasses: the only way out of a kommun."""
