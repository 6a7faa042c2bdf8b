"""The four-part door: a session, one organisation, an allowed identity provider, a live row. Each part fails closed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from hlt_identity.errors import HltError, NoKommun, _
from hlt_identity.roles import RoleCode

REGION_IDP = "idp-region"
CLOCK = uuid5(NAMESPACE_URL, "hlt:clock")


class Part(StrEnum):
    """The four parts of identity §6, in the order in which they are tried."""

    SESSION = "session"
    ORGANISATION = "organisation"
    IDP = "idp"
    ROW = "no_row"


class DoorClosed(HltError):
    """One part does not hold; `part` goes to the log, never to the page."""

    code = "DOOR_CLOSED"
    status = 403
    sentence = _("Du är inte inloggad här.")
    next_step = _("Logga in igen. Kommer du ändå inte in: be teamets samordnare.")

    def __init__(self, part: Part) -> None:
        super().__init__()
        self.part = part


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
    def is_clock(self) -> bool:
        """Tell whether nobody acts but a day that has come (domain §5.2)."""
        return self.role is RoleCode.CLOCK

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

    def had_one(self, person_id: UUID) -> bool:
        """Tell whether the person ever had a hat here: a leaver is told so, a newcomer may ask to be let in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a session when a request comes: every fact of parts a to c, and the person's live rows.

    `kommunkod` is the session's (or "region"), `organisations` maps the aliases of the claim to their ids.
    """

    person_id: UUID
    kommunkod: str
    assignment_id: UUID | None
    organisations: Mapping[str, str]
    idp: str
    level: int
    auth_time: float
    session_id: UUID
    is_live: bool
    assignments: Sequence[Assignment]


@dataclass(frozen=True, slots=True)
class Place:
    """A host as the door sees it: its kommun (or "region"), its organisation's id, the providers it believes today."""

    kommunkod: str
    organisation_id: str | None
    idps: frozenset[str]

    @property
    def is_region(self) -> bool:
        """Tell whether this is the one host without a kommun, where nobody has a branch."""
        return self.kommunkod == "region"


def _one_organisation(standing: Standing, place: Place) -> bool:
    ids = list(standing.organisations.values())
    return len(ids) == 1 and place.organisation_id is not None and ids[0] == place.organisation_id


PARTS: dict[Part, Callable[[Standing, Place], bool]] = {
    Part.SESSION: lambda standing, place: standing.is_live and standing.kommunkod == place.kommunkod,
    Part.ORGANISATION: _one_organisation,
    Part.IDP: lambda standing, place: standing.idp in place.idps,
    Part.ROW: lambda standing, place: bool(hats(standing, place)),
}


def hats(standing: Standing, place: Place) -> list[Assignment]:
    """Give the assignments that fit how the person came: by the region's provider regional ones, else the kommun's."""
    if place.is_region:
        return list(standing.assignments)
    by_region = standing.idp == REGION_IDP
    return [hat for hat in standing.assignments if hat.is_regional == by_region]


def check_door(standing: Standing, place: Place) -> None:
    """Raise DoorClosed with the first part that does not hold."""
    for part, holds in PARTS.items():
        if not holds(standing, place):
            raise DoorClosed(part)


def enter(standing: Standing, place: Place) -> tuple[Actor, Assignment]:
    """Give the actor of the session's assignment; raise DoorClosed unless all four parts hold for exactly that hat."""
    check_door(standing, place)
    hat = next((hat for hat in hats(standing, place) if hat.assignment_id == standing.assignment_id), None)
    if hat is None:
        raise DoorClosed(Part.ROW)
    actor = Actor(
        person_id=standing.person_id,
        kommunkod=None if place.is_region else place.kommunkod,
        branch=hat.branch,
        unit=hat.unit,
        role=hat.role,
        assignment_id=hat.assignment_id,
        level=standing.level,
        auth_time=standing.auth_time,
        session_id=standing.session_id,
    )
    return actor, hat


@dataclass(frozen=True, slots=True)
class MachineStanding:
    """What is known of a machine's call: its dated row, what the token binds it to, and whether it was taken back."""

    machine_id: UUID
    owner: str
    role: RoleCode
    organisations: Mapping[str, str]
    issued_at: float
    is_live: bool


# A machine reads what was released, and nothing that asks who a person is.
MACHINE_ROLES = frozenset({RoleCode.MEMBER})
MACHINE_LEVEL = 2


def enter_as_machine(standing: MachineStanding, place: Place) -> Actor:
    """Give the actor of a machine that belongs to this place; raise DoorClosed with the first part that does not hold.

    Its assignment is its row, its sign-in the token's birth; it has no branch, so it can write in no kommun.
    """
    bound = set(standing.organisations.values())
    holds = {
        Part.SESSION: standing.is_live,
        Part.ORGANISATION: place.is_region and bound <= {place.organisation_id},
        Part.IDP: standing.owner == place.kommunkod,
        Part.ROW: standing.role in MACHINE_ROLES,
    }
    for part, held in holds.items():
        if not held:
            raise DoorClosed(part)
    return Actor(
        person_id=standing.machine_id,
        kommunkod=None,
        branch=None,
        unit=None,
        role=standing.role,
        assignment_id=standing.machine_id,
        level=MACHINE_LEVEL,
        auth_time=standing.issued_at,
        session_id=standing.machine_id,
    )


def writer(*, person: UUID, kommunkod: str, branch: str, role: RoleCode, assignment: UUID) -> Actor:
    """Give who wrote in a form whose session has ended, from words that we signed ourselves when we showed it.

    Level 0 and a sign-in at the beginning of time: no permission opens for it. Only `drafts` keeps a text by it.
    """
    return Actor(
        person_id=person,
        kommunkod=kommunkod,
        branch=branch,
        unit=None,
        role=role,
        assignment_id=assignment,
        level=0,
        auth_time=0.0,
        session_id=assignment,
    )


def enter_as_clock(*, kommunkod: str, branch: str) -> Actor:
    """Give who takes the steps that a day alone makes due in one branch: nobody, and no permission opens for it."""
    return Actor(
        person_id=CLOCK,
        kommunkod=kommunkod,
        branch=branch,
        unit=None,
        role=RoleCode.CLOCK,
        assignment_id=CLOCK,
        level=0,
        auth_time=0.0,
        session_id=CLOCK,
    )


def remembered(
    *, person_id: UUID, role: RoleCode, assignment_id: UUID, session_id: UUID, level: int, auth_time: float
) -> Actor:
    """Give the person of the region who asked for work that is done later, as the door let that person in then."""
    return Actor(
        person_id=person_id,
        kommunkod=None,
        branch=None,
        unit=None,
        role=role,
        assignment_id=assignment_id,
        level=level,
        auth_time=auth_time,
        session_id=session_id,
    )
