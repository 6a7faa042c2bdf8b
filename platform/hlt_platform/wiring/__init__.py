"""Plugs the packages together: protocols, figures on their way, processes. Decides nothing."""
