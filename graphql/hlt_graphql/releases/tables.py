"""The closed list of what can be asked: a combination that is not here does not exist (regional §1.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from hlt_graphql.releases.rules import Dimension, PeriodLevel, PlaceLevel

VERSION = "new-1"
LEVELS = (PlaceLevel.REGION, PlaceLevel.AREA, PlaceLevel.MUNICIPALITY)
MEMBERS: dict[Dimension, dict[str, str]] = {Dimension.SEX: {"K": "Flickor", "M": "Pojkar"}}


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One publishable combination of population, place, period and at most two dimensions."""

    code: str
    population: str
    level: PlaceLevel
    period: PeriodLevel
    group_by: tuple[Dimension, ...]
    indicators: tuple[str, ...]


def new(level: PlaceLevel, period: PeriodLevel, *group_by: Dimension) -> PlanTable:
    words = ("new", level.lower(), period.lower(), *(dimension.value for dimension in group_by))
    return PlanTable(".".join(words), "NEW", level, period, group_by, ("I03",))


P, T = PlaceLevel, PeriodLevel
TABLES: tuple[PlanTable, ...] = (
    new(P.REGION, T.QUARTER),
    new(P.AREA, T.QUARTER),
    new(P.REGION, T.YEAR),
    new(P.REGION, T.YEAR, Dimension.SEX),
    new(P.AREA, T.YEAR),
    new(P.MUNICIPALITY, T.YEAR),
    new(P.REGION, T.BLOCK),
    new(P.AREA, T.BLOCK),
    new(P.MUNICIPALITY, T.BLOCK),
)


def plan_digest() -> str:
    """Give the SHA-256 of the plan as it stands in every release that was built by it."""
    lines = sorted(f"{table.code}|{','.join(table.indicators)}" for table in TABLES)
    return sha256("\n".join([VERSION, *lines]).encode()).hexdigest()


def find_table(
    indicator: str, level: PlaceLevel, period: PeriodLevel, group_by: Collection[Dimension]
) -> PlanTable | None:
    """Give the one table of exactly these levels and dimensions, in whatever order they were asked."""
    asked = (level, period, frozenset(group_by))
    of_indicator = (table for table in TABLES if indicator in table.indicators)
    return next((t for t in of_indicator if (t.level, t.period, frozenset(t.group_by)) == asked), None)


def nearest(
    indicator: str, level: PlaceLevel, period: PeriodLevel, group_by: Collection[Dimension]
) -> tuple[PlanTable, ...]:
    """Give at most five tables, those first that drop fewest dimensions, then coarsen place, then period, least.

    A table finer than asked in place or period comes last: it answers more than was asked.
    """
    periods = list(PeriodLevel)

    def distance(table: PlanTable) -> tuple[int, int, int, str]:
        lost = len(set(group_by) - set(table.group_by)) + len(set(table.group_by) - set(group_by))
        place = abs(LEVELS.index(level) - LEVELS.index(table.level))
        time = abs(periods.index(period) - periods.index(table.period))
        return lost, place, time, table.code

    return tuple(sorted((table for table in TABLES if indicator in table.indicators), key=distance)[:5])
