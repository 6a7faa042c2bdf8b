"""What protecting a release costs and what it leaves to show, beside weaker methods in the same run.

`python infra/bench/release.py [years] [seed]` prints a table; `measure` gives the same as data for `make bench`.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

from hlt_graphql.disclosure.attack.findings import attack
from hlt_graphql.disclosure.cube import Cube, Fate, Key, bind
from hlt_graphql.disclosure.suppress.hiding import SECONDS, hide
from hlt_graphql.disclosure.views import OUTSIDER, view_of
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.cube import Base
from hlt_graphql.releases.joint import protect_jointly, released_of, secrets_of, world_in
from hlt_graphql.releases.places import geography
from hlt_graphql.releases.protection import Protection, released_cells
from hlt_graphql.releases.rules import level_of
from hlt_graphql.releases.tables import PLAN
from invented_cases import Step, cases, periods_of, released_chain

FIRST_YEAR = 2021


@dataclass(frozen=True)
class Measured:
    """A method over a chain: `shown` and `cases` are shares of cells and of the cases in them, `findings` by kind."""

    method: str
    releases: int
    shown: float
    cases: float
    findings: dict[str, int]
    worst_s: dict[str, float]
    total_s: float


def threshold_only(base: Base, _seed: bytes) -> Protection:
    """Hide what is small and nothing more, as most statistics do."""
    small = [cell.key for cell in base.cells if cell.families < PLAN.least]
    return judged(base, released_cells(base, {key: (0, None) for key in small}))


def table_by_table(base: Base, seed: bytes) -> Protection:
    """Protect each table of the release alone, with the sums right above it, and publish them side by side."""
    tables: dict[tuple[str, str], set[int]] = {}
    for index, cell in enumerate(base.cells):
        if cell.fate in (Fate.FREE, Fate.LOCKED):
            tables.setdefault((geography().level(cell.key.place), cell.key.coordinates[:3]), set()).add(index)
    above = bind(PLAN, geography(), base.cells).relations
    hidden: set[Key] = set()
    for table in tables.values():
        sums = {parent for parent, parts in above if table & set(parts)}
        cells = tuple(base.cells[index] for index in sorted(table | sums))
        cube = bind(PLAN, geography(), cells)
        pattern = hide(cube, least=PLAN.least, seed=seed[0], seconds=60, views=(view_of(cells, PLAN.least, None),))
        hidden |= {cells[index].key for index in pattern.hidden} & {base.cells[index].key for index in table}
    return judged(base, released_cells(base, {key: (0, None) for key in hidden}))


def outsider_only(base: Base, seed: bytes) -> Protection:
    """Protect all tables and the whole chain jointly, but against an outsider alone."""
    cube: Cube = bind(PLAN, geography(), base.cells)
    views = (view_of(base.cells, PLAN.least, None),)
    seconds = SECONDS[level_of(base.period)]
    pattern = hide(cube, least=PLAN.least, seed=seed[0], seconds=seconds, views=views)
    return judged(base, released_cells(base, {cube.cells[i].key: (0, None) for i in pattern.hidden}))


def judged(base: Base, cells: tuple[PublishedCell, ...]) -> Protection:
    """Attack cells that some other method would publish, and count what is found by kind."""
    found = attack(world_in(base), released_of(base, cells), secrets_of(base), PLAN.least).findings
    outside = {finding.name for finding in found if finding.view == OUTSIDER}
    inside = {finding.name for finding in found if finding.view != OUTSIDER} - outside
    return Protection(cells, len(found), {"outsider": len(outside), "insiders": len(inside)})


METHODS: dict[str, Callable[[Base, bytes], Protection]] = {
    "joint, outsider and 15 kommuner": protect_jointly,
    "joint, outsider only": outsider_only,
    "each table alone": table_by_table,
    "threshold only": threshold_only,
}


def measure(method: str, years: int = 5, seed: int = 1) -> Measured:
    """Release some years with one method and tell what came of it."""
    made = cases(range(FIRST_YEAR, FIRST_YEAR + years), seed)
    steps: list[Step] = []
    worst: dict[str, float] = {}
    start = before = perf_counter()
    for step in released_chain(made, periods_of(FIRST_YEAR, FIRST_YEAR + years - 1), METHODS[method]):
        now = perf_counter()
        level = level_of(step.base.period).lower()
        worst[level], before = max(worst.get(level, 0.0), now - before), now
        steps.append(step)
    shown, of_cases = shares(steps)
    return Measured(method, len(steps), shown, of_cases, _found(steps), worst, perf_counter() - start)


def shares(steps: Iterable[Step]) -> tuple[float, float]:
    """Give the share of published-table cells with a number, and of the cases in them; closed cells count as hidden."""
    cells = shown = in_cells = in_shown = 0
    for step in steps:
        truth = {cell.key: cell.n for cell in step.base.cells}
        for cell in step.protection.cells:
            n = truth.get(Key(cell.population, cell.place, cell.period, cell.coordinates), 0)
            cells, in_cells = cells + 1, in_cells + n
            shown, in_shown = shown + cell.is_shown, in_shown + (n if cell.is_shown else 0)
    return shown / cells, in_shown / in_cells


def _found(steps: Iterable[Step]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for step in steps:
        found["findings"] += step.protection.findings
        found.update({k: v for k, v in step.protection.report.items() if k in ("outsider", "insiders")})
    return dict(found)


def run(years: int = 5, seed: int = 1) -> None:
    """Print all methods over the same invented years."""
    print(f"releases: {years} invented years, seed {seed}, plan {PLAN.version}")
    for method in METHODS:
        told = measure(method, years, seed)
        worst = ", ".join(f"{level} {value:.1f} s" for level, value in told.worst_s.items())
        print(f"{told.method}: {told.releases} releases, {told.shown:.1%} of cells, {told.cases:.1%} of cases shown;")
        print(f"  {told.findings}; worst {worst}; {told.total_s:.0f} s in all")


if __name__ == "__main__":
    run(*(int(word) for word in sys.argv[1:]))
