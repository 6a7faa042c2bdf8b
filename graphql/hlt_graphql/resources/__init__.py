"""What the region shares: team directory and library. Knows no child."""
