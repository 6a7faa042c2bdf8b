"""Who has a hat in the region: door part d on the region's host."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from hlt_identity.door import Assignment
from hlt_identity.models import RegionMember
from hlt_identity.roles import RoleCode


class RegionMemberships:
    """Reads `region_member` as the region's own login."""

    def live_assignments(self, person_id: UUID, on: date) -> Sequence[Assignment]:
        """Give the rows in force on that day, oldest first; `ends_on` is the first day without."""
        in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
        rows = RegionMember.objects.using("regional").filter(in_force, person_id=person_id).order_by("starts_on", "id")
        return [
            Assignment(row.id, row.person_id, None, row.unit, RoleCode(row.role), row.name, is_regional=True)
            for row in rows
        ]

    def had_one(self, person_id: UUID) -> bool:
        """Tell whether the person ever had a hat in the region."""
        return RegionMember.objects.using("regional").filter(person_id=person_id).exists()
