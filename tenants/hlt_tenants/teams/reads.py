"""Who has a hat in this kommun, for the door (as its own login) and for the team's work; staff only, never logged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from hlt_identity.door import REGION_IDP, Assignment
from hlt_identity.models import AccessRequest
from hlt_identity.roles import RoleCode
from hlt_tenants.teams.models import Team, TeamMembership
from hlt_tenants.teams.rules import NewHat

DOOR = "door"
REMEMBERED = timedelta(days=90)


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


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague with a live hat in a team."""

    person_id: UUID
    name: str
    branch: str
    unit: str
    profession: str
    role: RoleCode


def team_of(assignment: UUID) -> UUID | None:
    """Give the team of a hat; None when no row stands behind it (signal-only staff, a fresh kommun)."""
    return TeamMembership.objects.filter(id=assignment).values_list("team_id", flat=True).first()


def members_of(team: UUID | None, on: date) -> tuple[Member, ...]:
    """Give a team's live members in order of name; empty for no team."""
    if team is None:
        return ()
    rows = _live(on).filter(team_id=team).order_by("name", "id")
    return tuple(Member(r.person_id, r.name, r.branch, r.unit, r.profession, RoleCode(r.role)) for r in rows)


def coordinating_branches(team: UUID | None, on: date) -> tuple[str, ...]:
    """Give the branches of a team's coordinators: they see nameless shells, with or without a seat."""
    coordinators = (member for member in members_of(team, on) if member.role is RoleCode.COORDINATOR)
    return tuple(sorted({member.branch for member in coordinators}))


def names_of(persons: Collection[UUID]) -> dict[UUID, str]:
    """Give {person: name} for colleagues of this kommun, also those who have left."""
    rows = TeamMembership.objects.filter(person_id__in=list(persons)).order_by("starts_on")
    return dict(rows.values_list("person_id", "name"))


def is_worn(person: UUID, team: UUID, hat: NewHat, *, besides: UUID) -> bool:
    """Tell whether the person wears just this hat on its first day, under another id than `besides`."""
    same = {"branch": hat.branch, "unit": hat.unit, "role": hat.role}
    return _live(hat.starts_on).filter(person_id=person, team_id=team, **same).exclude(id=besides).exists()


def known_hats(assignments: Collection[UUID]) -> frozenset[UUID]:
    """Give those of the assignments that the kommun has already, live or ended."""
    return frozenset(TeamMembership.objects.filter(id__in=list(assignments)).values_list("id", flat=True))


def team_name(team: UUID | None) -> str:
    """Give a team's name; an empty text when there is none."""
    row = None if team is None else Team.objects.filter(id=team).first()
    return "" if row is None else row.name


def team_phone(assignment: UUID) -> str:
    """Give the telephone of a hat's team; an empty text when there is none."""
    return Team.objects.filter(teammembership__id=assignment).values_list("phone", flat=True).first() or ""


def _live(on: date) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who signed in rightly and has no hat here yet; the name is their own provider's word."""

    request_id: UUID
    person_id: UUID
    name: str
    employee_id: str
    is_regional: bool
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Worn:
    """A live hat as the administration sees it; `ends_on` is the first day without, None = until further notice."""

    assignment_id: UUID
    person_id: UUID
    name: str
    branch: str
    unit: str
    role: RoleCode
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    """A hat that is over, with all that a new one like it needs; `ended_on` was the first day without."""

    assignment_id: UUID
    person_id: UUID
    name: str
    team_id: UUID
    branch: str
    unit: str
    profession: str
    role: RoleCode
    is_regional: bool
    ended_on: date


def waiting(on: date) -> tuple[Waiting, ...]:
    """Give who asks to be let in, who has waited longest first; read as the kommun's administration login."""
    let_in = set(_live(on).values_list("person_id", flat=True))
    rows = AccessRequest.objects.using("default").order_by("asked_at", "id")
    return tuple(
        Waiting(row.id, row.person_id, row.name, row.employee_id, row.idp == REGION_IDP, row.asked_at)
        for row in rows
        if row.person_id not in let_in
    )


def worn_hats(on: date) -> tuple[Worn, ...]:
    """Give every live hat of the kommun in order of name."""
    rows = _live(on).order_by("name", "id")
    return tuple(
        Worn(row.id, row.person_id, row.name, row.branch, row.unit, RoleCode(row.role), row.ends_on) for row in rows
    )


def ended_hats(on: date, *, besides: UUID) -> tuple[Ended, ...]:
    """Give the hats of the last 90 days that nothing replaced, newest first; who looks (`besides`) is left out.

    A hat is replaced by a live one of the same person in the same branch.
    """
    replaced = set(_live(on).values_list("person_id", "branch"))
    rows = TeamMembership.objects.filter(ends_on__gte=on - REMEMBERED, ends_on__lte=on).exclude(person_id=besides)
    return tuple(
        _ended(row, row.ends_on)
        for row in rows.order_by("-ends_on", "id")
        if row.ends_on and (row.person_id, row.branch) not in replaced
    )


def _ended(row: TeamMembership, ended_on: date) -> Ended:
    return Ended(
        assignment_id=row.id,
        person_id=row.person_id,
        name=row.name,
        team_id=row.team_id,
        branch=row.branch,
        unit=row.unit,
        profession=row.profession,
        role=RoleCode(row.role),
        is_regional=row.is_regional,
        ended_on=ended_on,
    )


def teams() -> tuple[tuple[UUID, str], ...]:
    """Give (id, name) of every team of the kommun in order of name."""
    return tuple(Team.objects.order_by("name", "id").values_list("id", "name"))
