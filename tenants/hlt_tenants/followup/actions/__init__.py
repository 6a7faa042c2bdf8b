"""Looking at a plan again, and ending a case: one verb per function, each one transaction."""
