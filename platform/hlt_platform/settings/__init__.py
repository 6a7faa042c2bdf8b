"""Settings: base is the same everywhere; local, test and production say only what differs."""
