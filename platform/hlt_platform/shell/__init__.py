"""Base pages, parts, tags, forms, menu and errors that every page of HLT shares; knows no subject (README.md)."""
