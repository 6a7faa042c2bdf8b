"""What a release says, as sums over the smallest things it can speak of: a kommun's cases of one quarter and sex.

Built from the artefact and the plan's codes alone; it knows no relation that `suppress` was given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class Released:
    """One cell of the artefact as everybody sees it; `value` None = not shown. `name` is the cell's id."""

    name: str
    place: str
    period: str
    coordinates: str
    value: int | None


@dataclass(frozen=True, slots=True)
class World:
    """Atoms (kommun, quarter, code) that can hold a case, and which kommuner a place holds.

    `covered` is public: it says who had reported when a quarter was first released.
    """

    atoms: tuple[tuple[str, str, str], ...]
    places: Mapping[str, frozenset[str]]

    def holds(self, cell: Released) -> frozenset[int]:
        """Give the atoms that a cell counts."""
        members, quarters, code = self.places[cell.place], quarters_in(cell.period), cell.coordinates
        return frozenset(
            index
            for index, (kommun, quarter, of) in enumerate(self.atoms)
            if kommun in members and quarter in quarters and code in ("", of)
        )


def world_of(
    places: Mapping[str, Iterable[str]],
    covered: Iterable[tuple[str, str]],
    codes: Iterable[str],
    periods: Iterable[str],
) -> World:
    """Give all atoms of some periods; `codes` are the coordinates at their finest."""
    wanted = {quarter for period in periods for quarter in quarters_in(period)}
    reported = sorted(pair for pair in covered if pair[1] in wanted)
    atoms = tuple((kommun, quarter, code) for (kommun, quarter), code in product(reported, sorted(codes)))
    return World(atoms, {place: frozenset(members) for place, members in places.items()})


def quarters_in(period: str) -> frozenset[str]:
    """Give the quarters a period spans, read from its text."""
    if "-Q" in period:
        return frozenset({period})
    years = range(int(period[:4]), int(period[-4:]) + 1)
    return frozenset(f"{year}-Q{number}" for year in years for number in (1, 2, 3, 4))
