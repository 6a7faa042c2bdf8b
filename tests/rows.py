"""Rows that tests need, written as the branch that owns them."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hlt_tenants.audit.changing import writing
from hlt_tenants.casework.models import HltCase, Signal
from hlt_tenants.families.models import Child
from hlt_tenants.registry.context import Where, inside


def child_in(kommunkod: str, branch: str, name: str = "Elsa") -> UUID:
    """Make a child known to one branch; give its id."""
    with inside(Where(kommunkod, branch)), writing():
        child = Child(owner_branch=branch, name=name, birth_date=date(2017, 5, 4), sex="K", sort_key=name.lower())
        child.save(force_insert=True)
    return child.id


def signal_in(kommunkod: str, branch: str, child: UUID) -> UUID:
    with inside(Where(kommunkod, branch)), writing():
        signal = Signal(
            owner_branch=branch,
            child_id=child,
            state="signalled",
            lead_id=uuid4(),
            initiator_id=uuid4(),
            receipt=uuid4(),
            concern="learning",
            seen="Sover dåligt",
            family_told_on=date(2026, 11, 20),
            family_told_way="talk",
            raised_at=datetime.now(UTC),
            decide_by=date(2026, 12, 4),
        )
        signal.save(force_insert=True)
    return signal.id


def shell_in(kommunkod: str, branch: str, *seen_by: str) -> UUID:
    """Make a nameless shell that the named branches see."""
    with inside(Where(kommunkod, branch)), writing():
        shell = HltCase(
            number=uuid4().hex[:8].upper(),
            state="listed",
            seen_by=list(seen_by),
            first_branch=branch,
            receipt=uuid4(),
            lead_id=uuid4(),
            lead_branch=branch,
            granted_on=date(2026, 11, 24),
        )
        shell.save(force_insert=True)
    return shell.id
