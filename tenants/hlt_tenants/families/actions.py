"""What stops the sharing of a child's data: protected identity, a block, jäv."""

from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.families.models import Child, Conflict, Guardian
from hlt_tenants.families.rules import Protection


def mark_protection(*, child: UUID, protection: Protection, by: Actor, basis: Basis) -> None:
    """Write down that a child's data are protected, or no longer are; only a human ends it. Raises NotFound. L-10."""
    with change(Event.PERSON_MARKED, about=child, by=by, basis=basis):
        row = _locked_child(child)
        row.protection = protection
        row.save()


def block_child(*, child: UUID, is_blocked: bool, is_care_blocked: bool, by: Actor, basis: Basis) -> None:
    """Set or lift the person's own stop and the block between care units (spärr). Raises NotFound. Source: L-17."""
    with change(Event.PERSON_MARKED, about=child, by=by, basis=basis):
        row = _locked_child(child)
        row.is_blocked, row.is_care_blocked = is_blocked, is_care_blocked
        row.save()


def block_guardian(*, guardian: UUID, is_blocked: bool, by: Actor, basis: Basis) -> None:
    """Take away or give back a guardian's standing; nothing tells the guardian. Raises NotFound. Source: L-08."""
    with change(Event.PERSON_MARKED, about=guardian, by=by, basis=basis):
        row = Guardian.objects.select_for_update().filter(id=guardian).first()
        if row is None:
            raise NotFound
        row.is_blocked = is_blocked
        row.save()


def declare_conflict(*, about: UUID, by: Actor, basis: Basis) -> None:
    """Declare jäv about a child, signal or case: from then on every step and page of it refuses the person (L-36).

    A second call changes nothing. The declaration is about oneself, so nobody can declare it for another.
    """
    with change(Event.CONFLICT_DECLARED, about=about, by=by, basis=basis) as now:
        known = Conflict.objects.filter(person_id=by.person_id, about_id=about)
        if not known.exists():
            Conflict(owner_branch=by.own_branch, person_id=by.person_id, about_id=about, declared_at=now).save(
                force_insert=True
            )


def _locked_child(child: UUID) -> Child:
    row = Child.objects.select_for_update().filter(id=child).first()
    if row is None:
        raise NotFound
    return row
