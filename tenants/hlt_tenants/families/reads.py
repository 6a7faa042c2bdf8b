"""Questions about a child that a step needs answered."""

from datetime import date
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.families.models import Child, Guardian


def birth_date_of(child: UUID) -> date:
    """Give a child's birth date; raise NotFound when it is not known to the asker's branch."""
    found = Child.objects.filter(id=child).values_list("birth_date", flat=True).first()
    if found is None:
        raise NotFound
    return found


def guardians_of(child: UUID) -> tuple[UUID, ...]:
    """Give the guardians with standing: all but those who are blocked."""
    return tuple(Guardian.objects.filter(child_id=child, is_blocked=False).order_by("id").values_list("id", flat=True))
