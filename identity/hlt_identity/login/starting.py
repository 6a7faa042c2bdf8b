"""What a sign-in asks for: one provider, one level that its word is worth, one longest age (identity §4, §7)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hlt_identity.models import Trust
from hlt_identity.trust import TrustRow

LEVEL_FOR_PEOPLE = 3
LONGEST_AGE, STEP_UP_AGE = 3600, 300
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"


@dataclass(frozen=True, slots=True)
class Level:
    """The value to ask a provider for, and the level 0–4 its answer must be worth."""

    acr: str
    level: int


def trusted(idp: str, on: date) -> list[TrustRow]:
    """Give the decisions about one provider that are in force on a day."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    rows = Trust.objects.using("identity").filter(in_force, idp=idp).order_by("raw_acr")
    return [TrustRow(row.idp, row.raw_acr, row.level, row.valid_from, row.valid_to) for row in rows]


def level_to_ask(rows: list[TrustRow]) -> Level:
    """Give level 3, or the best below it that the provider can give; what it is worth is compared at the end.

    A provider about which nothing was decided is asked for the national level 3, and its answer is worth nought.
    """
    usable = [row for row in rows if 0 < row.level <= LEVEL_FOR_PEOPLE]
    if not usable:
        return Level(LOA3, LEVEL_FOR_PEOPLE)
    best = max(usable, key=lambda row: row.level)
    return Level(best.raw_acr, best.level)


def max_age_of(told: str | None) -> int:
    """Give 300 s for a step-up, 3600 s for everything else; Keycloak allows no leeway, so nothing is smaller (§7)."""
    return STEP_UP_AGE if told == str(STEP_UP_AGE) else LONGEST_AGE
