"""What pages ask of signals and cases; each question of a person is logged before its answer leaves (L-13)."""
