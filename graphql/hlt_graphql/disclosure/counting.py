"""From what kommuner delivered to the true cells of some periods; nothing here is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hlt_graphql.disclosure.cube import Fate, Key, TrueCell
from hlt_graphql.disclosure.periods import level_of, quarters_of, with_finer
from hlt_graphql.disclosure.plan import Geography, Plan, PlanTable

FateOf = Callable[[PlanTable, Key], Fate]


@dataclass(frozen=True, slots=True)
class Count:
    """Cases and families of one kommun; `families` is never more than `n`."""

    n: int
    families: int


@dataclass(frozen=True)
class Counts:
    """Counts by (population, kommun, period, coordinates), and which quarters of which kommuner are in the figures.

    `covered` is decided once per kommun and quarter, by the first release that holds the quarter: a late report enters
    no later sum, or new total minus old totals would be the late kommun's own count (regional §3.2, the trap).
    """

    by_place: Mapping[tuple[str, str, str, str], Count]
    covered: frozenset[tuple[str, str]]

    def covered_quarters(self, kommun: str, period: str) -> tuple[str, ...]:
        """Give the quarters of a period in which the kommun is in the figures."""
        return tuple(quarter for quarter in quarters_of(period) if (kommun, quarter) in self.covered)

    def count(self, kommun: str, key: Key) -> Count | None:
        """Give what a kommun adds to a cell; None when it is not in the figures at all in that period.

        Cases add up over quarters, families do not: where no count of the whole period is in the figures, the largest
        quarter stands for it, which is too few rather than too many.
        """
        quarters = self.covered_quarters(kommun, key.period)
        if not quarters:
            return None
        found = [self.by_place[key.population, kommun, quarter, key.coordinates] for quarter in quarters]
        n = sum(count.n for count in found)
        whole = self.by_place.get((key.population, kommun, key.period, key.coordinates))
        is_whole = whole is not None and len(quarters) == len(quarters_of(key.period))
        families = whole.families if whole is not None and is_whole else max(count.families for count in found)
        return Count(n, min(n, families))


def periods_in_play(period: str, released: Iterable[str]) -> tuple[str, ...]:
    """Give the periods whose cells bear on a new one, and all inside them.

    Two periods bear on each other when they share a quarter, also by way of a third one that was released: no sum of
    the plan reaches further, so what is left out could not help an attacker.
    """
    reached = set(quarters_of(period))
    known = {name: set(quarters_of(name)) for name in released}
    while grown := {q for quarters in known.values() if quarters & reached for q in quarters} - reached:
        reached |= grown
    chosen = {period, *(name for name, quarters in known.items() if quarters & reached)}
    return tuple(sorted({inner for whole in chosen for inner in with_finer(whole)}))


def true_cells(
    plan: Plan, geography: Geography, counts: Counts, periods: tuple[str, ...], fate_of: FateOf
) -> tuple[TrueCell, ...]:
    """Give every cell of the plan in these periods that somebody is in; a cell nobody is in is known to be nothing."""
    made = (_cell(geography, counts, table, key, fate_of) for table, key in keys_of(plan, geography, periods))
    return tuple(cell for cell in made if cell.parts)


def keys_of(plan: Plan, geography: Geography, periods: tuple[str, ...]) -> Iterator[tuple[PlanTable, Key]]:
    """Give where every cell of the plan stands, also of those that are never shown."""
    for period in periods:
        for table in plan.tables:
            if table.period == level_of(period):
                for place in geography.places(table.place):
                    for coordinates in plan.coordinates(table.group_by):
                        yield table, Key(table.population, place, period, coordinates)


def is_closed(table: PlanTable, geography: Geography, place: str) -> bool:
    """Tell whether the plan shows nothing there, whatever the count: single years of the smallest kommuner (L-27)."""
    return table.only_with_years and place in geography.without_years


def _cell(geography: Geography, counts: Counts, table: PlanTable, key: Key, fate_of: FateOf) -> TrueCell:
    found = {kommun: counts.count(kommun, key) for kommun in geography.members(key.place)}
    there = {kommun: count for kommun, count in found.items() if count is not None}
    return TrueCell(
        key,
        {kommun: count.n for kommun, count in there.items()},
        {kommun: count.families for kommun, count in there.items()},
        fate_of(table, key),
        table.weight,
        is_closed(table, geography, key.place),
    )
