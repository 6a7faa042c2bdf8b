"""Children and guardians, one row per branch that knows them."""
