"""A PostgreSQL backend whose login follows the kommun context; who is logged in is the border (tenancy §3)."""
