"""Invented Västerbotten: the cast, and years of cases made by the same actions that people use."""
