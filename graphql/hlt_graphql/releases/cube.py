"""What one build knows: the true cells of the periods in play, and which of them may still be decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hlt_graphql.disclosure.counting import Count, Counts, FateOf, is_closed, periods_in_play, true_cells
from hlt_graphql.disclosure.cube import Fate, Key, TrueCell
from hlt_graphql.disclosure.periods import finer, quarters_of
from hlt_graphql.disclosure.plan import PlanTable
from hlt_graphql.intake.errors import CountsDoNotAdd, EarlierCountsMissing
from hlt_graphql.intake.rules import Delivered
from hlt_graphql.releases.cells import PublishedCell, cell_id_of
from hlt_graphql.releases.places import geography
from hlt_graphql.releases.rules import CellStatus, level_of
from hlt_graphql.releases.tables import PLAN

POPULATION = "NEW"


@dataclass(frozen=True)
class Link:
    """A release as the next build must know it: its period and who was not in it."""

    period: str
    missing: frozenset[str]


@dataclass(frozen=True)
class Base:
    """True cells of the periods in play, all that was released before, and who is in the figures.

    Lives in the memory of one build. `missing` = kommuner that are not in the whole new period; `name` = what the
    candidate is known by, the same for the same input.
    """

    period: str
    cells: tuple[TrueCell, ...]
    earlier: tuple[PublishedCell, ...]
    covered: frozenset[tuple[str, str]]
    periods: tuple[str, ...]
    missing: tuple[str, ...]
    name: str


def base_of(
    delivered: Sequence[Delivered], period: str, chain: Sequence[Link], earlier: Sequence[PublishedCell], name: str
) -> Base:
    """Put together what a build stands on. Raises EarlierCountsMissing, CountsDoNotAdd, ValueError (no period)."""
    level_of(period)
    counts = _by_place(delivered)
    covered = covered_quarters(counts, period, chain)
    periods = periods_in_play(period, {link.period for link in chain})
    _check_delivered(counts, covered, periods)
    missing = tuple(k for k in sorted(geography().kommuner) if not _is_whole(k, period, covered))
    known = [cell for cell in earlier if cell.period in periods]
    cells = true_cells(PLAN, geography(), Counts(counts, covered), periods, fates(period, known, missing))
    return Base(period, cells, tuple(known), covered, periods, missing, name)


def covered_quarters(
    counts: Mapping[tuple[str, str, str, str], Count], period: str, chain: Sequence[Link]
) -> frozenset[tuple[str, str]]:
    """Give every (kommun, quarter) that is in the figures: decided once, by the first release that holds the quarter.

    In that release a kommun is in all quarters that were new then, or in none. Who reads the released coverage can
    work out the same; so can the attacker.
    """
    missing: dict[str, frozenset[str]] = {}
    for link in chain:
        for quarter in quarters_of(link.period):
            missing.setdefault(quarter, link.missing)
    new = [quarter for quarter in quarters_of(period) if quarter not in missing]
    old = [quarter for quarter in quarters_of(period) if quarter in missing]
    absent = frozenset(
        kommun
        for kommun in geography().kommuner
        if any((POPULATION, kommun, quarter, "") not in counts for quarter in new)
        or any(kommun in missing[quarter] for quarter in old)
    )
    decided = {**missing, **dict.fromkeys(new, absent)}
    return frozenset((k, q) for q, gone in decided.items() for k in geography().kommuner if k not in gone)


def fates(period: str, earlier: Sequence[PublishedCell], missing: Collection[str]) -> FateOf:
    """Tell what may still be decided: what was shown stays known, what was hidden or is never shown stays hidden."""
    decided = {Key(c.population, c.place, c.period, c.coordinates) for c in earlier}
    shown = {Key(c.population, c.place, c.period, c.coordinates) for c in earlier if c.value is not None}

    def fate(table: PlanTable, key: Key) -> Fate:
        if key in shown:
            return Fate.SHOWN
        if key in decided or key.period != period or is_hidden(table, key.place, missing):
            return Fate.HIDDEN
        return Fate.LOCKED if table.is_locked else Fate.FREE

    return fate


def is_hidden(table: PlanTable, place: str, missing: Collection[str]) -> bool:
    """Tell whether a cell can have no number whatever it holds: unpublished, closed by L-27, or nobody reported it."""
    return not table.is_published or is_closed(table, geography(), place) or is_missing(place, missing)


def is_missing(place: str, missing: Collection[str]) -> bool:
    """Tell whether no kommun of a place is in the whole period."""
    return set(geography().members(place)) <= set(missing)


def id_of(key: Key) -> str:
    """Give the stable name of the cell at a place of the plan."""
    level = geography().level(key.place)
    table = PLAN.table(key.population, level, level_of(key.period), key.group_by)
    return cell_id_of(table.code if table else "", key.place, key.period, key.coordinates)


def _is_whole(kommun: str, period: str, covered: Collection[tuple[str, str]]) -> bool:
    return all((kommun, quarter) in covered for quarter in quarters_of(period))


def _by_place(delivered: Iterable[Delivered]) -> dict[tuple[str, str, str, str], Count]:
    """Take the least of cases, children and families: siblings are few, however many cases they have."""
    return {
        (c.population, c.kommunkod, c.period, c.coordinates): Count(c.n, min(c.n, c.persons, c.families))
        for c in delivered
    }


def _check_delivered(
    counts: Mapping[tuple[str, str, str, str], Count], covered: Collection[tuple[str, str]], periods: Sequence[str]
) -> None:
    """Refuse a build without the counts behind a released cell, or with longer periods that are not sums of shorter."""
    for kommun, quarter in sorted(covered):
        if quarter in periods and (POPULATION, kommun, quarter, "") not in counts:
            raise EarlierCountsMissing(kommunkod=kommun, period=quarter)
    for (population, kommun, period, code), count in counts.items():
        parts = [counts.get((population, kommun, part, code)) for part in finer(period)]
        if parts and (None in parts or sum(part.n for part in parts if part) != count.n):
            raise CountsDoNotAdd(kommunkod=kommun, period=period)


def status_of(base: Base, table: PlanTable, key: Key) -> CellStatus | None:
    """Give the status of a cell that has no number for a public reason; None = it is shown or protected."""
    if is_closed(table, geography(), key.place):
        return CellStatus.NOT_APPLICABLE
    return CellStatus.MISSING_REPORT if is_missing(key.place, base.missing) else None
