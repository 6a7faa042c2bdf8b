"""Follow-up of a plan, and the end of a case."""
