"""Questions about a child that a step needs answered; each answers for the asker's branch."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.families.models import Child, Conflict, Guardian
from hlt_tenants.families.rules import Protection, told_apart


@dataclass(frozen=True, slots=True)
class KnownGuardian:
    """A custodian as the branch knows it; who is blocked has no standing and meets no trace of a case.

    `name` tells the guardians of one child apart.
    """

    guardian_id: UUID
    name: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A child as one branch knows it, with what may stop a disclosure; guardians in order of name."""

    child_id: UUID
    name: str
    birth_date: date
    language: str
    is_protected: bool
    is_blocked: bool
    is_care_blocked: bool
    guardians: tuple[KnownGuardian, ...]

    @property
    def with_standing(self) -> tuple[KnownGuardian, ...]:
        """The guardians who are asked for consent."""
        return tuple(guardian for guardian in self.guardians if not guardian.is_blocked)


def known_child(child: UUID) -> KnownChild:
    """Give a child; raise NotFound when it is not known to the asker's branch. Logging is the caller's."""
    row = Child.objects.filter(id=child).first()
    if row is None:
        raise NotFound
    guardians = list(Guardian.objects.filter(child_id=child).order_by("name", "id"))
    names = told_apart([guardian.name for guardian in guardians])
    return KnownChild(
        row.id,
        row.name,
        row.birth_date,
        row.language,
        row.protection != Protection.NONE,
        row.is_blocked,
        row.is_care_blocked,
        tuple(KnownGuardian(one.id, name, one.is_blocked) for one, name in zip(guardians, names, strict=True)),
    )


def names_of_children(children: Collection[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Give {child: (name, is it protected)} for those the asker's branch knows; logging is the caller's."""
    rows = Child.objects.filter(id__in=list(children)).values_list("id", "name", "protection")
    return {child: (name, protection != Protection.NONE) for child, name, protection in rows}


def conflicts_of(person: UUID) -> frozenset[UUID]:
    """Give everything about which the person has declared jäv in the asker's branch."""
    return frozenset(Conflict.objects.filter(person_id=person).values_list("about_id", flat=True))


def has_conflict(person: UUID, about: Collection[UUID | None]) -> bool:
    """Tell whether the person has declared jäv about any of these (child, signal, case) in the asker's branch."""
    return Conflict.objects.filter(person_id=person, about_id__in=[one for one in about if one is not None]).exists()
