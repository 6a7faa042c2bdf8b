"""True cells as the suppressor takes them, and the sums that bind them (regional §3.1, §5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hlt_graphql.disclosure.periods import finer, level_of
from hlt_graphql.disclosure.plan import Geography, Plan

Relation = tuple[int, tuple[int, ...]]


class Key(NamedTuple):
    """Where a cell stands."""

    population: str
    place: str
    period: str
    coordinates: str

    @property
    def group_by(self) -> tuple[str, ...]:
        return tuple(part.split("=")[0] for part in self.coordinates.split(";") if part)


class Fate(StrEnum):
    """What may still be decided about a cell: FREE and LOCKED are new, SHOWN and HIDDEN were decided before."""

    FREE = "FREE"
    LOCKED = "LOCKED"
    SHOWN = "SHOWN"
    HIDDEN = "HIDDEN"


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A count with what each kommun added to it: cases in `parts`, families in `family_parts`.

    `is_closed` = never shown whatever its size (L-27). A kommun that did not report stands in neither mapping.
    """

    key: Key
    parts: Mapping[str, int]
    family_parts: Mapping[str, int]
    fate: Fate
    weight: float = 0
    is_closed: bool = False

    @property
    def n(self) -> int:
        return sum(self.parts.values())

    @property
    def families(self) -> int:
        return sum(self.family_parts.values())


@dataclass(frozen=True, slots=True)
class Cube:
    """Cells and relations: parent = sum of children, as places in `cells`."""

    cells: tuple[TrueCell, ...]
    relations: tuple[Relation, ...]


def bind(plan: Plan, geography: Geography, cells: Sequence[TrueCell]) -> Cube:
    """Bind cells by every sum the plan knows; a part that is not among the cells is known to be nothing.

    The cells must hold everything inside each period they name.
    """
    place_of = {cell.key: index for index, cell in enumerate(cells)}
    relations = [
        (place_of[cell.key], tuple(place_of[part] for part in parts if part in place_of))
        for cell in cells
        for parts in _sums(plan, geography, cell.key)
    ]
    return Cube(tuple(cells), tuple(relations))


def _sums(plan: Plan, geography: Geography, key: Key) -> Iterator[list[Key]]:
    """Give the sums that make up a cell: over places, over periods, over each further dimension."""
    by_place = [key._replace(place=part) for part in geography.parts(key.place)]
    by_period = [key._replace(period=part) for part in finer(key.period)]
    by_dimension = [
        [key._replace(coordinates=code) for code in plan.coordinates((dimension,))]
        for dimension in plan.members
        if not key.coordinates
    ]
    for parts in (by_place, by_period, *by_dimension):
        if parts and _is_planned(plan, geography, parts[0]):
            yield parts


def _is_planned(plan: Plan, geography: Geography, key: Key) -> bool:
    level = geography.level(key.place)
    return plan.table(key.population, level, level_of(key.period), key.group_by) is not None
