"""Teams, who sits in them, and until when."""
