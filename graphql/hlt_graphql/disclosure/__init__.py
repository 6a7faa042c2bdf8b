"""Statistical disclosure control in plain Python: what is hidden, and what nobody can find out all the same."""
