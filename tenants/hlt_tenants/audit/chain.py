"""Does the log still say what it said? Recompute the chain of one controller (operations §8)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hlt_tenants.audit.models import AuditEvent

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GENESIS = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many links were read, and the `seq` of the first that does not hold (None = all hold)."""

    links: int
    broken_at: int | None


def canonical(event: AuditEvent) -> bytes:
    """Give the bytes that are hashed: the columns in a fixed order, time as microseconds since 1970."""
    columns = (
        str(event.id),
        event.owner_branch,
        event.controller,
        str((event.at - EPOCH) // timedelta(microseconds=1)),
        str(event.actor),
        str(event.assignment),
        event.role,
        event.unit or "",
        event.action,
        str(event.subject or ""),
        str(event.object or ""),
        event.basis_code,
        event.ground or "",
        event.result,
        event.detail or "",
    )
    return "\x1f".join(columns).encode()


def verify_chain(controller: str) -> Verdict:
    """Read one controller's whole chain as the login in force; a gap, a changed row or a fork breaks it."""
    before, expected = GENESIS, 0
    for event in AuditEvent.objects.filter(controller=controller).order_by("seq"):
        expected += 1
        row_hash = sha256(bytes(event.salt) + canonical(event)).digest()
        link = sha256(before + str(expected).encode() + row_hash).digest()
        if event.seq != expected or bytes(event.row_hash) != row_hash or bytes(event.h) != link:
            return Verdict(expected, expected)
        before = link
    return Verdict(expected, None)
