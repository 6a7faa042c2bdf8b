"""The cast that plays in the demo and in all tests. Everybody here is invented."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

NAMES = UUID("5a1f7a0e-7f6b-4c39-9d21-3f0f4e7a9b10")


@dataclass(frozen=True, slots=True)
class Hat:
    """One assignment: kommun (None = the region's host), branch, unit, profession, role code of identity."""

    kommun: str | None
    branch: str | None
    unit: str
    profession: str
    role: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who signs in; `idp` is the identity provider's slug (a kommun's slug, or region)."""

    user: str
    name: str
    idp: str
    hats: tuple[Hat, ...] = field(default=())

    @property
    def password(self) -> str:
        """Local demo only: the invented provider's password is the user name and a fixed ending."""
        return f"{self.user}-demo"


CAST: tuple[Player, ...] = (
    Player(
        "karin",
        "Karin Lind",
        "lycksele",
        (Hat("2481", "school_medical", "Elevhälsan Lycksele", "skolsköterska", "team_member"),),
    ),
    Player("anders", "Anders Berg", "lycksele", (Hat("2481", "school", "Tannbergsskolan", "lärare", "team_member"),)),
    Player(
        "samira",
        "Samira Haddad",
        "lycksele",
        (Hat("2481", "social", "Familjeenheten", "socialsekreterare", "team_member"),),
    ),
    Player(
        "ylva",
        "Ylva Norén",
        "lycksele",
        (Hat("2481", "pupil_health", "Centrala elevhälsan", "specialpedagog", "coordinator"),),
    ),
    Player("olle", "Olle Ström", "lycksele", (Hat("2481", "school", "Tannbergsskolan", "rektor", "manager"),)),
    Player(
        "britta",
        "Britta Åström",
        "region",
        (
            Hat("2481", "region_health", "BVC Lycksele", "BVC-sköterska", "team_member"),
            Hat("2404", "region_health", "BVC Vindeln", "BVC-sköterska", "team_member"),
        ),
    ),
    Player(
        "nils",
        "Nils Öberg",
        "umea",
        (Hat("2480", "school_medical", "Elevhälsan Umeå", "skolsköterska", "team_member"),),
    ),
    Player(
        "rut", "Rut Sandberg", "region", (Hat(None, None, "Regionens HLT-stöd", "processledare", "region_coordinator"),)
    ),
    Player("pia", "Pia Wallin", "region", (Hat(None, None, "Regionens HLT-stöd", "utgivare", "publisher"),)),
    Player(
        "sixten", "Sixten Falk", "lycksele", (Hat("2481", "school", "Tannbergsskolan", "lärare", "team_member", True),)
    ),
    Player("maj", "Maj Stenlund", "lycksele", (Hat("2481", "school", "Kommunledningen", "chef", "tenant_admin"),)),
    # A stranger: the kommun employs him, nobody has given him anything to do here.
    Player("tor", "Tor Vikman", "lycksele"),
)


def person_id(user: str) -> UUID:
    """Give the person behind a user name: the same in every stack, so that rows can be made before a first sign-in."""
    return uuid5(NAMES, user)


def assignment_id(user: str, kommun: str | None) -> UUID:
    """Give the row of a player's hat in a kommun (None = the region), the same in every stack."""
    return uuid5(NAMES, f"{user}/{kommun}")


def cast() -> list[dict[str, Any]]:
    """Give who can sign in to the demo, one row per person and kommun: the shape of `hlt local status --json`."""
    rows = [(player, hat) for player in CAST for hat in player.hats if not hat.ended]
    return [
        {
            "name": player.name,
            "user": player.user,
            "password": player.password,
            "kommun": hat.kommun or "region",
            "branch": hat.branch,
            "role": hat.role,
        }
        for player, hat in rows
    ]
