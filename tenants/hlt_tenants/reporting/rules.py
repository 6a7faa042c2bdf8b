"""Periods as the release plan knows them, and what a small count is made of (domain §7, regional §4)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

BLOCK_YEARS, FIRST_BLOCK = 3, 2021
QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
YEAR = re.compile(r"^(\d{4})$")
BLOCK = re.compile(r"^(\d{4})/(\d{4})$")


class Population(StrEnum):
    """What is counted; NEW = cases with a grant in the period (indicator I03)."""

    NEW = "NEW"


class FactKind(StrEnum):
    """What happened to a case, once each."""

    GRANTED = "granted"


class Sex(StrEnum):
    """As the population register says it."""

    GIRL = "K"
    BOY = "M"


@dataclass(frozen=True, slots=True)
class Fact:
    """A counted event without a name: two keyed references tell only the same from another."""

    sex: str
    child_key: bytes
    family_key: bytes


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """One true count of one kommun: `n` cases of `persons` children in `families`; coordinates such as `sex=K`."""

    population: str
    period: str
    coordinates: str
    n: int
    persons: int
    families: int


def bounds(period: str) -> tuple[date, date]:
    """Give the first day and the day after the last; raise ValueError for anything but a quarter, year or block."""
    if quarter := QUARTER.match(period):
        year, number = int(quarter[1]), int(quarter[2])
        return date(year, 3 * number - 2, 1), date(year + number // 4, 3 * number % 12 + 1, 1)
    if whole := YEAR.match(period):
        return date(int(whole[1]), 1, 1), date(int(whole[1]) + 1, 1, 1)
    block = BLOCK.match(period)
    if block is None or not is_block(int(block[1]), int(block[2])):
        raise ValueError("not a period of the plan")
    return date(int(block[1]), 1, 1), date(int(block[2]) + 1, 1, 1)


def last_ended(level: str, day: date) -> str:
    """Give the newest quarter, year or block that was over on a day."""
    if level == "quarter":
        number = (day.month - 1) // 3
        return f"{day.year}-Q{number}" if number else f"{day.year - 1}-Q4"
    if level == "year":
        return str(day.year - 1)
    first = FIRST_BLOCK + (day.year - FIRST_BLOCK) // BLOCK_YEARS * BLOCK_YEARS - BLOCK_YEARS
    return f"{first}/{first + BLOCK_YEARS - 1}"


def is_whole(period: str, came_on: date) -> bool:
    """Tell whether a kommun that came on a day was there for all of a period; raises as `bounds`."""
    return came_on <= bounds(period)[0]


def is_block(first: int, last: int) -> bool:
    """Tell whether two years bound one of the fixed, disjoint blocks: 2021–2023, 2024–2026, …"""
    return last == first + BLOCK_YEARS - 1 and (first - FIRST_BLOCK) % BLOCK_YEARS == 0


def parts_of(period: str) -> tuple[str, ...]:
    """Give the periods that add up to this one: a block's years, a year's quarters; a quarter has none."""
    if block := BLOCK.match(period):
        return tuple(str(year) for year in range(int(block[1]), int(block[2]) + 1))
    return tuple(f"{period}-Q{number}" for number in range(1, 5)) if YEAR.match(period) else ()


def add_up(counted: Sequence[PeriodCount], parts: Iterable[PeriodCount]) -> tuple[PeriodCount, ...]:
    """Give a longer period's counts with as many cases as its frozen parts have together.

    A fact that came after its quarter was frozen is in no part, so it must not be in the whole: whole minus parts
    would show it (regional §6). Children and families do not add up; they are counted anew, never more than cases.
    """
    told = tuple(parts)
    cases = {row.coordinates: sum(p.n for p in told if p.coordinates == row.coordinates) for row in counted}
    return tuple(
        replace(row, n=n, persons=min(row.persons, n), families=min(row.families, n))
        for row in counted
        for n in [cases[row.coordinates] if told else row.n]
    )


def count(facts: Iterable[Fact], population: Population, period: str) -> tuple[PeriodCount, ...]:
    """Count the facts of a period, in all and per sex; zeros are written out, since a gap would tell what they do not.

    The total is counted, not summed: a brother and a sister are one family.
    """
    known = tuple(facts)
    groups = {"": list(known)} | {f"sex={sex}": [fact for fact in known if fact.sex == sex] for sex in Sex}
    return tuple(
        PeriodCount(
            population,
            period,
            coordinates,
            len(group),
            len({fact.child_key for fact in group}),
            len({fact.family_key for fact in group}),
        )
        for coordinates, group in groups.items()
    )


def digest(counts: Iterable[PeriodCount]) -> str:
    """Give the SHA-256 of counts in a fixed order; the intake computes the same from what it got."""
    lines = (f"{c.population}|{c.period}|{c.coordinates}|{c.n}|{c.persons}|{c.families}" for c in counts)
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()
