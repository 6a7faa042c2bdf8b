"""The pages of a case: parse, one action or read, render."""
