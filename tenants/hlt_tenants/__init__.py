"""Everything that lives inside one kommun's schema."""
