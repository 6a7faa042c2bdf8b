"""Questions about consent and received copies; each answers for the branch that asks."""

from dataclasses import dataclass
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import note
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.consent.models import Consent, ReceivedCopy
from hlt_tenants.consent.rules import Answer, GuardianAnswer


@dataclass(frozen=True, slots=True)
class Copy:
    """What a receiver holds: who gave it, which category, the frozen text."""

    from_branch: str
    category: str
    content: str


def answers_about(signal: UUID) -> tuple[GuardianAnswer, ...]:
    """Give one answer per guardian who was asked about a signal; empty = nobody was asked, or not yours to see."""
    rows = Consent.objects.filter(signal_id=signal).order_by("guardian_id")
    return tuple(
        GuardianAnswer(
            row.guardian_id,
            Answer(row.state),
            frozenset(row.to_branches),
            frozenset(row.categories),
            row.valid_from,
            row.valid_until,
            row.withdrawn_at is not None,
        )
        for row in rows
    )


def copies_of(case: UUID, *, by: Actor, basis: Basis) -> tuple[Copy, ...]:
    """Give what was disclosed to the asker's branch in a case, oldest first; the opening is logged first (L-13)."""
    note(Event.COPY_OPENED, about=case, by=by, basis=basis)
    rows = ReceivedCopy.objects.filter(case_id=case).order_by("received_at")
    return tuple(Copy(row.from_branch, row.category, row.content) for row in rows)
