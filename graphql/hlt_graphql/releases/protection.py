"""What a build asks of disclosure control, and the one way from a pattern to the cells that are published."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hlt_graphql.disclosure.counting import keys_of
from hlt_graphql.disclosure.cube import Key
from hlt_graphql.disclosure.plan import PlanTable
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.cube import Base, id_of, status_of
from hlt_graphql.releases.places import geography
from hlt_graphql.releases.rules import CellNote, CellStatus
from hlt_graphql.releases.tables import PLAN

Interval = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Protection:
    """The cells exactly as they would be published, and what the attack on them found.

    `report` is published with the release, but for its part `build`, which stays with the candidate.
    """

    cells: tuple[PublishedCell, ...]
    findings: int
    report: Mapping[str, Any] = field(default_factory=dict)


Protector = Callable[[Base], Protection]


def released_cells(base: Base, hidden: Mapping[Key, Interval]) -> tuple[PublishedCell, ...]:
    """Give every cell of the new period: a number, or an interval, or the public reason why there is none."""
    values = {cell.key: cell.n for cell in base.cells}
    return tuple(
        _cell(base, hidden, values, table, key)
        for table, key in keys_of(PLAN, geography(), (base.period,))
        if table.is_published
    )


def _cell(
    base: Base, hidden: Mapping[Key, Interval], values: Mapping[Key, int], table: PlanTable, key: Key
) -> PublishedCell:
    status, value = status_of(base, table, key), None
    interval: tuple[int | None, int | None] = (None, None)
    note = CellNote.BASE_TOO_SMALL.value if status is CellStatus.NOT_APPLICABLE else ""
    if status is None and key in hidden:
        status, interval = CellStatus.PROTECTED, hidden[key]
    elif status is None:
        status, value = CellStatus.SHOWN, values[key]
    where = (id_of(key), table.code, key.population, table.place, key.place, key.period, key.coordinates)
    return PublishedCell(*where, status.value, value, *interval, note)
