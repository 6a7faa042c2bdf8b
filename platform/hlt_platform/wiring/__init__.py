"""Plugs and carriers between the packages, which know nothing of each other."""
