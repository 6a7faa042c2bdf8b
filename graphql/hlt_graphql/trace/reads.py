"""Does the region's log still say what it said?"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hlt_graphql.trace.models import TraceEvent

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GENESIS = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """How many links were read, and the place of the first that does not hold (None = all hold)."""

    links: int
    broken_at: int | None


def canonical(event: TraceEvent) -> bytes:
    """Give the bytes that the database hashed: the columns in a fixed order, time as microseconds since 1970."""
    at = str((event.at - EPOCH) // timedelta(microseconds=1))
    columns = (event.id, at, event.actor, event.role, event.action, event.object, event.result, event.detail)
    return "\x1f".join(str(column) for column in columns).encode()


def verify_trace() -> ChainVerdict:
    """Read the whole chain; a gap, a changed row or a fork breaks it."""
    before, expected = GENESIS, 0
    for event in TraceEvent.objects.using("regional").order_by("seq"):
        expected += 1
        row_hash = sha256(bytes(event.salt) + canonical(event)).digest()
        link = sha256(before + str(expected).encode() + row_hash).digest()
        if event.seq != expected or bytes(event.row_hash) != row_hash or bytes(event.h) != link:
            return ChainVerdict(expected, expected)
        before = link
    return ChainVerdict(expected, None)
