"""Candidates, releases and their cells: frozen, approved by two, signed, never edited."""
