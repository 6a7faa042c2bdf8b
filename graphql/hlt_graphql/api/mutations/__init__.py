"""One module per group of verbs; each mutation calls one action and decides nothing."""
