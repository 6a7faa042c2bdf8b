"""For a cell that is not shown: the finest shown one above it (regional §8). Asks released cells only."""

from collections.abc import Callable, Iterator

from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.places import above, name_of
from hlt_graphql.releases.rules import PeriodLevel, PlaceLevel, level_of, longer

Find = Callable[[tuple[str, str, str, str, str]], PublishedCell | None]


def shown_at(cell: PublishedCell, find: Find) -> PublishedCell | None:
    """Give the first shown cell: same place and longer, then the area, then the region; last with a dimension less."""
    for key in _candidates(cell):
        found = find(key)
        if found is not None and found.is_shown:
            return found
    return None


def _candidates(cell: PublishedCell) -> Iterator[tuple[str, str, str, str, str]]:
    parts = cell.coordinates.split(";") if cell.coordinates else []
    places = ((cell.place_level, cell.place), *above(cell.place_level, cell.place))
    for kept in range(len(parts), -1, -1):
        coordinates = ";".join(parts[:kept])
        for level, place in places:
            for period in (cell.period, *longer(cell.period)):
                key = (cell.population, level.value, place, period, coordinates)
                if key != cell.key:
                    yield key


def sentence(cell: PublishedCell) -> str:
    """Say where a coarser number stands: "Visas för Inlandet, hela 2027"."""
    place = name_of(PlaceLevel(cell.level), cell.place)
    where = f"hela {place}" if cell.level == PlaceLevel.REGION else place
    return f"Visas för {where}, {period_words(cell.period)}"


def period_words(period: str) -> str:
    """Give a period as it is said: "kvartal 2 2027", "hela 2027", "2027–2029"."""
    level = level_of(period)
    if level is PeriodLevel.QUARTER:
        return f"kvartal {period[-1]} {period[:4]}"
    return f"hela {period}" if level is PeriodLevel.YEAR else period.replace("/", "–")
