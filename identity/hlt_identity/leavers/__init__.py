"""Who comes and who leaves, followed in the background: the outbox of identity and its tasks."""
