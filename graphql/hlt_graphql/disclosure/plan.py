"""The closed list of what can be asked, read from a file, and the lint that a new version must pass (regional §1.1)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import product

from hlt_graphql.disclosure.periods import LEVELS as PERIODS

PLACES = ("MUNICIPALITY", "AREA", "REGION")
NEWEST = "thin-1"
LEAST_IN_AREA = 3


@dataclass(frozen=True, slots=True)
class PlanTable:
    """One combination of population, place, period and dimensions; not `is_published` = protected, never shown."""

    population: str
    place: str
    period: str
    group_by: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    weight: float = 0
    is_locked: bool = False
    is_published: bool = True
    only_with_years: bool = False

    @property
    def code(self) -> str:
        return ".".join((self.population, self.place, self.period, *self.group_by)).lower()


@dataclass(frozen=True, slots=True)
class Geography:
    """The region, its areas with their kommuner, and the kommuner for which single years are never shown (L-27)."""

    region: str
    areas: Mapping[str, tuple[str, ...]]
    without_years: frozenset[str]

    @property
    def kommuner(self) -> tuple[str, ...]:
        return tuple(kommun for members in self.areas.values() for kommun in members)

    def places(self, level: str) -> tuple[str, ...]:
        """Give every place of a level."""
        if level == "REGION":
            return (self.region,)
        return tuple(self.areas) if level == "AREA" else self.kommuner

    def members(self, place: str) -> tuple[str, ...]:
        """Give the kommuner inside a place."""
        return self.kommuner if place == self.region else self.areas.get(place, (place,))

    def parts(self, place: str) -> tuple[str, ...]:
        """Give the places one level down; a kommun has none."""
        return tuple(self.areas) if place == self.region else self.areas.get(place, ())

    def level(self, place: str) -> str:
        if place == self.region:
            return "REGION"
        return "AREA" if place in self.areas else "MUNICIPALITY"


@dataclass(frozen=True, slots=True)
class Plan:
    """A version of the plan; `least` = no count below it is shown, `members` = the codes of each dimension."""

    version: str
    least: int
    members: Mapping[str, tuple[str, ...]]
    tables: tuple[PlanTable, ...]

    def table(self, population: str, place: str, period: str, group_by: tuple[str, ...]) -> PlanTable | None:
        """Give the table of exactly these levels; None when the plan has none."""
        asked = (population, place, period, group_by)
        return next((t for t in self.tables if (t.population, t.place, t.period, t.group_by) == asked), None)

    def coordinates(self, group_by: tuple[str, ...]) -> tuple[str, ...]:
        """Give every combination of dimensions, as `sex=K`; without dimensions one, the empty text."""
        members = [[f"{dimension}={code}" for code in self.members[dimension]] for dimension in group_by]
        return tuple(";".join(combination) for combination in product(*members))

    @property
    def digest(self) -> str:
        """SHA-256 over all that the plan decides; it stands in every release that was built by it."""
        said = [self.version, str(self.least), repr(sorted(self.members.items())), *sorted(map(repr, self.tables))]
        return sha256("\n".join(said).encode()).hexdigest()


@cache
def read_plan(version: str = NEWEST) -> Plan:
    """Read a version of the plan from its file."""
    text = files("hlt_graphql.disclosure").joinpath(f"plans/{version}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    members = {dimension: tuple(codes) for dimension, codes in raw["members"].items()}
    return Plan(raw["version"], raw["least"], members, tuple(_table(row) for row in raw["tables"]))


def _table(row: Mapping[str, object]) -> PlanTable:
    named = {"locked": "is_locked", "published": "is_published"}
    lists = {"group_by", "indicators"}
    fields = {named.get(k, k): tuple(v) if k in lists and isinstance(v, list) else v for k, v in row.items()}
    return PlanTable(**fields)  # type: ignore[arg-type]


def lint(plan: Plan, geography: Geography) -> tuple[str, ...]:
    """Give what is wrong with a plan: tables that add up without a declared step between, areas of two kommuner."""
    loose = [
        f"{fine.code} adds up to {coarse.code} without a table between them"
        for fine, coarse in product(plan.tables, plan.tables)
        if _holds(coarse, fine) and not _is_linked(plan, fine, coarse)
    ]
    narrow = [
        f"area {area} has {len(members)} kommuner: at least {LEAST_IN_AREA}, or one"
        for area, members in geography.areas.items()
        if 1 < len(members) < LEAST_IN_AREA
    ]
    return (*loose, *narrow)


def _holds(coarse: PlanTable, fine: PlanTable) -> bool:
    return (
        coarse != fine
        and coarse.population == fine.population
        and PLACES.index(coarse.place) >= PLACES.index(fine.place)
        and PERIODS.index(coarse.period) >= PERIODS.index(fine.period)
        and set(coarse.group_by) <= set(fine.group_by)
    )


def _is_linked(plan: Plan, fine: PlanTable, coarse: PlanTable) -> bool:
    steps = [table for table in plan.tables if _is_step(fine, table)]
    return any(step == coarse or (_holds(coarse, step) and _is_linked(plan, step, coarse)) for step in steps)


def _is_step(fine: PlanTable, table: PlanTable) -> bool:
    up = PLACES.index(table.place) - PLACES.index(fine.place)
    longer = PERIODS.index(table.period) - PERIODS.index(fine.period)
    dropped = len(fine.group_by) - len(table.group_by)
    return _holds(table, fine) and up + longer + dropped == 1
