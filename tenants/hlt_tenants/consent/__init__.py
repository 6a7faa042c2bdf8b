"""Consent, and what crosses a branch because of it: disclosures (utlämnanden) and received copies."""
