"""What people do with a case: one verb per function, each one transaction (domain §5.2)."""
