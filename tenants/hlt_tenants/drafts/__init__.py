"""What somebody has written and not sent yet, and what was sent once."""
