"""Who has a hat in this kommun: door part d, read as the door's own login."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from hlt_identity.door import Assignment
from hlt_identity.roles import RoleCode
from hlt_tenants.teams.models import TeamMembership

DOOR = "door"


class TeamMemberships:
    """The kommun's source of live assignments; whose kommun is meant comes from the host's context."""

    def live_assignments(self, person_id: UUID, on: date) -> Sequence[Assignment]:
        """Give the hats in force on that day, oldest first; `ends_on` is the first day without."""
        in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
        rows = TeamMembership.objects.using(DOOR).filter(in_force, person_id=person_id).order_by("starts_on", "id")
        return [
            Assignment(row.id, row.person_id, row.branch, row.unit, RoleCode(row.role), row.name, row.is_regional)
            for row in rows
        ]

    def had_one(self, person_id: UUID) -> bool:
        """Tell whether the person ever had a hat in this kommun."""
        return TeamMembership.objects.using(DOOR).filter(person_id=person_id).exists()
