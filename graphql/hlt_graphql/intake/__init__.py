"""Counts as the kommuner delivered them: here for hours, then gone."""
