"""What is to be done later: rows in the same transaction as the change, never a message alone."""
