"""The four-part door: a session, one organisation, an allowed identity provider, a live row. Each part fails closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from hlt_identity.errors import NoKommun
from hlt_identity.roles import RoleCode


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for one request or task: one person in one assignment. Made nowhere but here (A6).

    `kommunkod` and `branch` are None on the region's host. `auth_time` is a Unix time, `level` 0–4.
    """

    person_id: UUID
    kommunkod: str | None
    branch: str | None
    unit: str | None
    role: RoleCode
    assignment_id: UUID
    level: int
    auth_time: float
    session_id: UUID

    @property
    def own_branch(self) -> str:
        """The branch whose rows this person writes; raise NoKommun for who has none (the region's host)."""
        if self.branch is None:
            raise NoKommun
        return self.branch


@dataclass(frozen=True, slots=True)
class Assignment:
    """One dated, live row: a person's hat in a kommun (branch, unit, role) or in the region (role only)."""

    assignment_id: UUID
    person_id: UUID
    branch: str | None
    unit: str | None
    role: RoleCode
    name: str
    is_regional: bool


class MembershipSource(Protocol):
    """Door part d: the live rows of a person in a kommun or in the region; wiring plugs the two."""

    def live_assignments(self, person_id: UUID, on: date) -> Sequence[Assignment]:
        """Give the rows in force on that day, oldest first; empty = no hat here."""
