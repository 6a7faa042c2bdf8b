"""From delivered counts to the true cells of the plan; nothing here is kept."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from hlt_graphql.intake.rules import Delivered
from hlt_graphql.releases.cells import cell_id_of
from hlt_graphql.releases.places import codes_of, members_of, municipality
from hlt_graphql.releases.protection import TrueCell
from hlt_graphql.releases.rules import PeriodLevel, PlaceLevel, level_of
from hlt_graphql.releases.tables import MEMBERS, TABLES, PlanTable

Counts = dict[tuple[str, str, str, str], Delivered]


def by_place(counts: Iterable[Delivered]) -> Counts:
    """Give the counts by (kommunkod, population, period, coordinates)."""
    return {(c.kommunkod, c.population, c.period, c.coordinates): c for c in counts}


def has_cell(table: PlanTable, place: str) -> bool:
    """Tell whether the plan publishes the place in that table: single years only from 700 children up (L-27)."""
    if table.level is not PlaceLevel.MUNICIPALITY or table.period is PeriodLevel.BLOCK:
        return True
    return municipality(place).has_years


def coordinates_of(table: PlanTable) -> tuple[str, ...]:
    """Give every combination of a table's dimensions, as `sex=K`; a table without any has one: the empty text."""
    members = [[f"{dimension.value}={code}" for code in MEMBERS[dimension]] for dimension in table.group_by]
    return tuple(";".join(combination) for combination in product(*members))


def places_in(period: str) -> Iterator[tuple[PlanTable, str, str]]:
    """Give (table, place, coordinates) of every cell of a period, also of those the plan leaves out."""
    level = level_of(period)
    for table in TABLES:
        if table.period is level:
            yield from ((table, place, c) for place in codes_of(table.level) for c in coordinates_of(table))


def true_cells(counts: Counts, period: str) -> tuple[TrueCell, ...]:
    """Sum the counts of a period into the plan's cells; a kommun that has not reported adds nothing."""
    return tuple(
        _cell(counts, period, table, place, coordinates)
        for table, place, coordinates in places_in(period)
        if has_cell(table, place) and _reported(counts, table, place, period)
    )


def reported_in(counts: Counts, period: str) -> tuple[str, ...]:
    """Give the kommunkoder that have delivered the period."""
    return tuple(sorted({key[0] for key in counts if key[2] == period}))


def _reported(counts: Counts, table: PlanTable, place: str, period: str) -> bool:
    return any((kod, table.population, period, "") in counts for kod in members_of(table.level, place))


def _cell(counts: Counts, period: str, table: PlanTable, place: str, coordinates: str) -> TrueCell:
    found: Sequence[Delivered] = [
        counts[key]
        for kod in members_of(table.level, place)
        if (key := (kod, table.population, period, coordinates)) in counts
    ]
    return TrueCell(
        cell_id_of(table.code, place, period, coordinates),
        table.code,
        table.population,
        table.level,
        place,
        period,
        coordinates,
        sum(count.n for count in found),
        sum(count.persons for count in found),
        sum(count.families for count in found),
        {count.kommunkod: count.n for count in found},
        {count.kommunkod: count.families for count in found},
    )
