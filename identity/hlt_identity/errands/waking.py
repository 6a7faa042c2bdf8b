"""A knock at the relay's door when an outbox gets a row: it says whose, nothing else, and nothing depends on it."""

from django.db import connections

CHANNEL = "hlt_outbox"


def wake(scope: str, *, using: str) -> None:
    """Tell the relay at commit that a scope has work; a relay that does not hear it looks after five seconds."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, scope])
