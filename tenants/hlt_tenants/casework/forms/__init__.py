"""What the pages of a case ask for, in the words of the page."""
