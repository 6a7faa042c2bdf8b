"""Writing a mapping and a plan: one verb per function, each one transaction."""
