"""What the build asks of disclosure control, and the answer when there is none: hide every detail."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.rules import PlaceLevel

LEAST = 5


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell with its true count; lives in the memory of one build. `parts` = the same per kommun."""

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


@dataclass(frozen=True, slots=True)
class Protection:
    """Which cells are hidden, each with what an outsider can know: (low, high), high None = open."""

    hidden: Mapping[str, tuple[int, int | None]]
    findings: int
    report: Mapping[str, Any] = field(default_factory=dict)


# The true cells of every period so far, what was published before, and the period that is built.
Protector = Callable[[Sequence[TrueCell], Sequence[PublishedCell], str], Protection]


def hide_every_detail(truth: Sequence[TrueCell], earlier: Sequence[PublishedCell], period: str) -> Protection:
    """Show nothing but the region's own total, and that only from five children and five families up.

    The fall-back of regional §5.6, always right because it shows one number: nothing can be subtracted from it.
    """
    new = [cell for cell in truth if cell.period == period]
    hidden = {cell.cell_id: (0, None) for cell in new if not _is_safe_total(cell)}
    return Protection(hidden, 0, {"solver": "none: every detail hidden", "views": []})


def _is_safe_total(cell: TrueCell) -> bool:
    is_total = cell.level is PlaceLevel.REGION and not cell.coordinates
    return is_total and min(cell.persons, cell.families) >= LEAST
