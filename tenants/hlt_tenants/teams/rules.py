"""Who may be given a hat: the twelve professions of HLT, and the period in which a hat is worn (domain §4.2)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hlt_identity.roles import RoleCode
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.teams.errors import HatNotKnown, HatPeriodWrong

KOMMUN_ROLES = (
    RoleCode.TEAM_MEMBER,
    RoleCode.COORDINATOR,
    RoleCode.ANY_STAFF,
    RoleCode.MANAGER,
    RoleCode.TENANT_ADMIN,
)
REGIONAL_BRANCHES = frozenset({"region_health"})


class Profession(StrEnum):
    """Proposes a branch to who fills in the form, and decides nothing: the branch stands on the membership."""

    PRESCHOOL_TEACHER = "förskollärare"
    TEACHER = "lärare"
    PRINCIPAL = "rektor"
    SPECIAL_TEACHER = "specialpedagog"
    COUNSELLOR = "kurator"
    SCHOOL_NURSE = "skolsköterska"
    CHILD_HEALTH_NURSE = "BVC-sköterska"
    OCCUPATIONAL_THERAPIST = "arbetsterapeut"
    SOCIAL_WORKER = "socialsekreterare"
    FAMILY_THERAPIST = "familjebehandlare"
    PSYCHOLOGIST = "psykolog"
    MANAGER = "chef"


@dataclass(frozen=True, slots=True)
class NewHat:
    """One dated hat as the administration gives it: [starts_on, ends_on), None = until further notice."""

    name: str
    branch: str
    unit: str
    profession: Profession
    role: RoleCode
    starts_on: date
    ends_on: date | None = None
    is_regional: bool = False


def branches_for(*, is_regional: bool) -> tuple[str, ...]:
    """Give the branches a hat may be in: who comes by the region's provider works in its care (identity §6)."""
    return tuple(code for code in BRANCHES if (code in REGIONAL_BRANCHES) == is_regional)


def check_hat(hat: NewHat) -> None:
    """Raise HatNotKnown for a branch that no kommun has, HatPeriodWrong for a period that ends before it begins."""
    if hat.branch not in BRANCHES:
        raise HatNotKnown
    if hat.ends_on is not None and hat.ends_on < hat.starts_on:
        raise HatPeriodWrong
