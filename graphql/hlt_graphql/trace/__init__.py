"""The region's own log: append-only, one chain."""
