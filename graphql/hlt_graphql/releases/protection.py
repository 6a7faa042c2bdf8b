"""What the build asks of disclosure control, and the answer when there is none: hide every detail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.rules import CellStatus, PeriodLevel, PlaceLevel, level_of

LEAST = 5


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell with its true count; lives in the memory of one build. `parts` and `family_parts` = cases and families
    per kommun."""

    cell_id: str
    table_code: str
    population: str
    level: PlaceLevel
    place: str
    period: str
    coordinates: str
    n: int
    persons: int
    families: int
    parts: Mapping[str, int]
    family_parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Protection:
    """Which cells are hidden, each with what an outsider can know: (low, high), high None = open."""

    hidden: Mapping[str, tuple[int, int | None]]
    findings: int
    report: Mapping[str, Any] = field(default_factory=dict)


# The true cells of every period so far, what was published before, and the period that is built.
Protector = Callable[[Sequence[TrueCell], Sequence[PublishedCell], str], Protection]


def hide_every_detail(truth: Sequence[TrueCell], earlier: Sequence[PublishedCell], period: str) -> Protection:
    """Show the region's own total of a quarter, once, and nothing else; for as long as no suppression is built in.

    One kind of period only, since a year and three of its quarters give the fourth; each period once, since two
    releases of it differ by the kommun that was late; and five families must be left for whoever knows one kommun's
    own cases. `findings` is 0 because nothing was attacked: `report` says so.
    """
    seen = {cell.cell_id for cell in earlier if cell.status == CellStatus.SHOWN}
    new = [cell for cell in truth if cell.period == period]
    hidden = {cell.cell_id: (0, None) for cell in new if cell.cell_id in seen or not _is_safe_total(cell)}
    return Protection(hidden, 0, {"solver": "none: every detail hidden", "views": []})


def _is_safe_total(cell: TrueCell) -> bool:
    is_total = cell.level is PlaceLevel.REGION and not cell.coordinates
    left_for_an_insider = cell.families - max(cell.family_parts.values(), default=0)
    return is_total and level_of(cell.period) is PeriodLevel.QUARTER and left_for_an_insider >= LEAST
