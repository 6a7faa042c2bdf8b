"""Invented children, as many as there really are: who they are, what is done for them, and on which day (domain §7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from hlt_identity.roles import RoleCode
from hlt_platform.demo.staff import FIRST, LAST, Seat
from hlt_tenants.casework.codes import Concern
from hlt_tenants.families.adding import NewChild
from hlt_tenants.registry.provision import KommunFacts, known_kommuner

CHILDREN_A_YEAR = 600
FIRST_YEAR = 2021
# Each deed costs time to live: this year's cases have them all, older ones those that figures are made of.
DETAILED_FROM = 2026
# The share that ends before there is a case: these come on top of the 600.
ENDED_EARLY = 0.12
WORKERS = frozenset({RoleCode.TEAM_MEMBER, RoleCode.COORDINATOR})
# Where first concerns come from, and who is most often asked in.
RAISED_BY = {
    "preschool": 18,
    "school": 30,
    "pupil_health": 12,
    "school_medical": 8,
    "social": 12,
    "region_health": 20,
}
SCHOOLS = ("preschool", "school", "pupil_health", "school_medical")
CONCERNS = dict(zip(Concern, (28, 14, 20, 18, 14, 6), strict=True))


class Deed(StrEnum):
    """What is done in a story, in this order; each is one act of the product."""

    RAISE = "raise"
    ANSWER = "answer"
    ASK = "ask"
    REFUSE = "refuse"
    CONSENT = "consent"
    DISCLOSE = "disclose"
    BOOK = "book"
    HOLD = "hold"
    FEEDBACK = "feedback"
    PLAN = "plan"
    REVIEW = "review"
    BEGIN_CLOSE = "begin_close"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Story:
    """One child's way: its lead, the branches asked in, and each deed with its day; the past of `today` is lived."""

    lead: Seat
    child: NewChild
    concern: Concern
    others: tuple[str, ...]
    deeds: tuple[tuple[Deed, date], ...]
    has_support: bool


def children_of(facts: KommunFacts, total: int) -> int:
    """Give a kommun's part of a year's children, by its residents aged 0–15; the 15 parts sum to the total."""
    kommuner = known_kommuner()
    everybody = sum(known.children_0_15 for known in kommuner)
    exact = {known.kommunkod: total * known.children_0_15 / everybody for known in kommuner}
    by_rest = sorted(exact, key=lambda kod: (int(exact[kod]) - exact[kod], kod))
    left = total - sum(int(part) for part in exact.values())
    return int(exact[facts.kommunkod]) + (facts.kommunkod in by_rest[:left])


def stories(seed: int, facts: KommunFacts, people: Sequence[Seat], today: date, total: int) -> Iterator[Story]:
    """Give a kommun's stories from 2021 until today, the same for the same seed."""
    leads = [seat for seat in people if seat.hat.role in WORKERS and seat.hat.ends_on is None]
    for year in range(FIRST_YEAR, today.year + 1):
        dice = Random(f"{seed}/{facts.kommunkod}/{year}")  # noqa: S311
        wanted = children_of(facts, total)
        extra = sum(dice.random() < ENDED_EARLY for _ in range(wanted))
        for number in range(wanted + extra):
            yield _story(dice, leads, date(year, 1, 1), is_short=number >= wanted)


def _story(dice: Random, leads: Sequence[Seat], new_year: date, *, is_short: bool) -> Story:
    branch = _drawn(dice, RAISED_BY)
    lead = dice.choice([seat for seat in leads if seat.hat.branch == branch])
    granted_on = new_year + timedelta(days=dice.randrange(365))
    support = granted_on.year >= DETAILED_FROM and dice.random() < 0.85
    deeds = _short(dice, granted_on) if is_short else _whole(dice, granted_on, support)
    concern = Concern(_drawn(dice, CONCERNS))
    return Story(lead, _child(dice, branch, granted_on), concern, _others(dice, branch), tuple(deeds), support)


def _drawn(dice: Random, weights: dict[str, int] | dict[Concern, int]) -> str:
    return str(dice.choices(list(weights), list(weights.values()))[0])


def _others(dice: Random, branch: str) -> tuple[str, ...]:
    """Give the two branches asked in beside the lead's, so that all three sectors are there where they can be."""
    wanted = [one for one in ("social", "region_health", dice.choice(SCHOOLS)) if one != branch]
    return tuple(sorted(wanted[:2] if branch in SCHOOLS else wanted[-2:]))


def _child(dice: Random, branch: str, on: date) -> NewChild:
    youngest, oldest = {"preschool": (2, 5), "region_health": (0, 5)}.get(branch, (6, 15))
    born_on = on - timedelta(days=round(365.25 * dice.uniform(youngest + 0.1, oldest + 0.9)))
    family, sex = dice.choice(LAST), dice.choice(("K", "M"))
    guardians = [f"{dice.choice(FIRST)} {family}" for _ in range(1 if dice.random() < 0.2 else 2)]
    return NewChild(f"{dice.choice(FIRST)} {family}", born_on, sex, tuple(guardians))


def _short(dice: Random, on: date) -> Iterator[tuple[Deed, date]]:
    raised_on = on - timedelta(days=dice.randint(12, 40))
    yield Deed.RAISE, raised_on
    if dice.random() < 0.6:
        yield Deed.ANSWER, raised_on + timedelta(days=dice.randint(1, 13))
        return
    asked_on = raised_on + timedelta(days=dice.randint(1, 10))
    yield Deed.ASK, asked_on
    yield Deed.REFUSE, asked_on + timedelta(days=dice.randint(2, 20))


def _whole(dice: Random, granted_on: date, support: bool) -> Iterator[tuple[Deed, date]]:
    """Give the days of a whole case around its grant: promises are mostly kept, and sometimes not."""
    asked_on = granted_on - timedelta(days=dice.randint(1, 24))
    yield Deed.RAISE, asked_on - timedelta(days=dice.randint(1, 15))
    yield Deed.ASK, asked_on
    yield Deed.CONSENT, granted_on
    if granted_on.year < DETAILED_FROM:
        yield from _no_support(dice, granted_on)
        return
    yield Deed.DISCLOSE, granted_on
    booked_on = granted_on + timedelta(days=dice.randint(1, 6))
    yield Deed.BOOK, booked_on
    met_on = booked_on + timedelta(days=dice.randint(2, 34))
    yield Deed.HOLD, met_on
    yield Deed.FEEDBACK, met_on + timedelta(days=dice.choices((1, 3, 6, 9), (30, 40, 24, 6))[0])
    yield from _support(dice, met_on) if support else _no_support(dice, met_on)


def _no_support(dice: Random, last_on: date) -> Iterator[tuple[Deed, date]]:
    ending_on = last_on + timedelta(days=dice.randint(9, 12))
    yield Deed.BEGIN_CLOSE, ending_on
    yield Deed.CLOSE, ending_on + timedelta(days=dice.randint(1, 12))


def _support(dice: Random, met_on: date) -> Iterator[tuple[Deed, date]]:
    day = met_on + timedelta(days=dice.randint(9, 16))
    yield Deed.PLAN, day
    for _ in range(dice.choices((1, 2, 3, 5), (30, 40, 20, 10))[0]):
        day += timedelta(days=dice.choices((40, 42, 47, 58), (30, 40, 20, 10))[0])
        yield Deed.REVIEW, day
    day += timedelta(days=dice.randint(20, 60))
    yield Deed.BEGIN_CLOSE, day
    yield Deed.CLOSE, day + timedelta(days=dice.randint(2, 13))
