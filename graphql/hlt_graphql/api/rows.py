"""The cells of one answered table, as rows for resolvers and as columns for speed."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, overload

from hlt_graphql.api.fast import Columnar, Leaves
from hlt_graphql.releases.reads import Artefact, ReleasedCell
from hlt_graphql.releases.rules import CellNote, CellStatus


@dataclass(frozen=True, slots=True)
class Row:
    """A released cell with the means to find a coarser one in the same artefact."""

    cell: Any
    release: Any
    find: Any


Getter = Callable[[Any], Any]
# Where a scalar field's value stands, and what resolvers make of it: asked once per distinct value.
COLUMNS: dict[str, tuple[Getter, Getter | None]] = {
    "id": (attrgetter("cell.cell_id"), None),
    "period": (attrgetter("cell.period"), None),
    "value": (attrgetter("cell.value"), None),
    "status": (attrgetter("cell.status"), CellStatus),
    "low": (attrgetter("cell.low"), None),
    "high": (attrgetter("cell.high"), None),
    "note": (attrgetter("cell.note"), lambda note: CellNote(note) if note else None),
    "place": (attrgetter("cell.place"), None),
    "coordinates": (attrgetter("cell.coordinates"), None),
}
# Fields of `cells` that are objects, or sentences made of what stands here: equal keys have equal objects.
SHARED: dict[str, Getter] = {
    "municipality": attrgetter("cell.level", "cell.place"),
    "area": attrgetter("cell.level", "cell.place"),
    "sex": attrgetter("cell.coordinates"),
    "release": attrgetter("release.release_id"),
    "why": attrgetter("cell.status", "cell.low", "cell.high"),
}


class CellRows(Columnar):
    """What `cells` and `columns` of a table are made from."""

    def __init__(self, cells: Sequence[ReleasedCell], artefact: Artefact) -> None:
        self.cells, self.artefact = cells, artefact

    def __len__(self) -> int:
        return len(self.cells)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return CellRows(self.cells[index], self.artefact)
        found = self.cells[index]
        return Row(found.cell, found.release, self.artefact.find)

    def column(self, field: str) -> Leaves | None:
        if field not in COLUMNS:
            return None
        get, make = COLUMNS[field]
        found = list(map(get, self.cells))
        if make is None:
            return Leaves(found)
        made = {value: make(value) for value in set(found)}
        return Leaves([made[value] for value in found])

    def sharing(self, field: str) -> list[Hashable] | None:
        return list(map(SHARED[field], self.cells)) if field in SHARED else None
