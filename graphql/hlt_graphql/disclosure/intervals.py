"""What a hidden number can be, told from the artefact alone (regional §5.8).

A bound with a true value in it would publish that value, so nothing true ever comes in here.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor

from hlt_graphql.disclosure.attack.equations import Released, World
from hlt_graphql.disclosure.attack.solving import CLOSE, Known, Solver

Interval = tuple[int, int | None]


def intervals(world: World, released: Sequence[Released], names: Sequence[str]) -> Mapping[str, Interval]:
    """Give (low, high) per hidden cell, rounded outward; high None = nothing public bounds it."""
    known = [Known(world.holds(cell), cell.value, cell.value) for cell in released if cell.value is not None]
    solver = Solver(len(world.atoms), [fact for fact in known if fact.atoms])
    wanted = set(names)
    return {cell.name: _interval(solver, world.holds(cell)) for cell in released if cell.name in wanted}


def _interval(solver: Solver, atoms: frozenset[int]) -> Interval:
    (low, _), (high, world) = solver.extreme(atoms, -1), solver.extreme(atoms, +1)
    return floor(low + CLOSE), None if world is None else ceil(high - CLOSE)
