"""Append-only log of every read and write, and the one door for writing."""
