"""The published tables of the plan as pages and API ask for them; the plan itself is read by `disclosure.plan`."""

from collections.abc import Collection
from dataclasses import dataclass

from hlt_graphql.disclosure.plan import PlanTable as Planned
from hlt_graphql.disclosure.plan import read_plan
from hlt_graphql.releases.rules import Dimension, PeriodLevel, PlaceLevel

PLAN = read_plan()
VERSION = PLAN.version
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


def as_asked(table: Planned) -> PlanTable:
    """Give a table of the plan in the words of pages and API."""
    return PlanTable(
        table.code,
        table.population,
        PlaceLevel(table.place),
        PeriodLevel(table.period),
        tuple(Dimension(dimension) for dimension in table.group_by),
        table.indicators,
    )


TABLES: tuple[PlanTable, ...] = tuple(as_asked(table) for table in PLAN.tables if table.is_published)


def plan_digest() -> str:
    """Give the SHA-256 of the plan as it stands in every release that was built by it."""
    return PLAN.digest


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
