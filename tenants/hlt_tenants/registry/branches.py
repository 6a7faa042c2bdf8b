"""Branch codes and their kinds (domain §4.1), and the logins every kommun has."""

from enum import StrEnum


class BranchKind(StrEnum):
    SCHOOL = "SCHOOL"
    PUPIL_HEALTH = "PUPIL_HEALTH"
    SCHOOL_MEDICAL = "SCHOOL_MEDICAL"
    SOCIAL = "SOCIAL"
    REGION_HEALTH = "REGION_HEALTH"


class Sector(StrEnum):
    """For quorum and figures only: secrecy follows the branch, quorum follows the sector."""

    SCHOOL = "SCHOOL"
    SOCIAL = "SOCIAL"
    HEALTH = "HEALTH"


KIND_OF_BRANCH: dict[str, BranchKind] = {
    "preschool": BranchKind.SCHOOL,
    "school": BranchKind.SCHOOL,
    "pupil_health": BranchKind.PUPIL_HEALTH,
    "school_medical": BranchKind.SCHOOL_MEDICAL,
    "social": BranchKind.SOCIAL,
    "region_health": BranchKind.REGION_HEALTH,
}
SECTOR_OF_KIND: dict[BranchKind, Sector] = {
    BranchKind.SCHOOL: Sector.SCHOOL,
    BranchKind.PUPIL_HEALTH: Sector.SCHOOL,
    BranchKind.SCHOOL_MEDICAL: Sector.SCHOOL,
    BranchKind.SOCIAL: Sector.SOCIAL,
    BranchKind.REGION_HEALTH: Sector.HEALTH,
}
BRANCH_NAMES: dict[str, str] = {
    "preschool": "Förskola",
    "school": "Skola",
    "pupil_health": "Elevhälsa",
    "school_medical": "Skolhälsovård",
    "social": "Socialtjänst",
    "region_health": "Regionens vård",
}
BRANCHES: tuple[str, ...] = tuple(KIND_OF_BRANCH)
SERVICE_LOGINS: tuple[str, ...] = ("door", "admin", "jobs", "relay", "signal")


def branch_name(branch: str) -> str:
    """Give what people call a branch; every private body is told by its kind only."""
    private = "Fristående skola" if branch.startswith("private_school") else "Privat vårdgivare"
    return BRANCH_NAMES.get(branch, private)


def sector_of(branch: str) -> Sector:
    """Give the sector for quorum and figures; a private body counts with its kind."""
    if branch in KIND_OF_BRANCH:
        return SECTOR_OF_KIND[KIND_OF_BRANCH[branch]]
    return Sector.SCHOOL if branch.startswith("private_school") else Sector.HEALTH
