"""The search for a pattern that no view sees through (regional §5.6)."""

from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from scipy.sparse import csc_matrix, lil_matrix

from hlt_graphql.disclosure.cube import Cube, Fate
from hlt_graphql.disclosure.suppress.master import Infeasible, Master
from hlt_graphql.disclosure.suppress.worlds import Cut, Vector, Worlds
from hlt_graphql.disclosure.views import OUTSIDER, View, views_of

MONOTONE_AFTER_S = 15.0
SECONDS = {"QUARTER": 60.0, "YEAR": 200.0, "BLOCK": 600.0}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which cells are hidden (places in the cube), and how it was found; `way` = solved, details or everything."""

    hidden: frozenset[int]
    way: str
    rounds: int = 0
    cuts: int = 0
    sizes: tuple[int, int] = field(default=(0, 0))


def hide(cube: Cube, *, least: int, seed: int, seconds: float, views: tuple[View, ...] | None = None) -> Pattern:
    """Hide as little as keeps every need of every view; None = the outsider and each kommun.

    Out of time or without a solution: every new detail is hidden; if the totals that are left give something away,
    the totals too. What was shown before stays shown, what was hidden stays hidden.
    """
    watched = views_of(cube.cells, least) if views is None else views
    try:
        return _solve(cube, watched, seed, monotonic() + seconds)
    except (Infeasible, TimeoutError):
        return _hide_details(cube, watched)


def _solve(cube: Cube, views: tuple[View, ...], seed: int, until: float) -> Pattern:
    worlds = [Worlds(view, matrix_of(cube)) for view in views]
    master = Master(cube.cells, small_cells(views), seed)
    monotone_from, rounds = monotonic() + MONOTONE_AFTER_S, 0
    while monotonic() < until:
        rounds += 1
        chosen = master.choose()
        broken = _broken(worlds, chosen)
        if not broken:
            return Pattern(_places(chosen), "solved", rounds, len(master.cuts), (len(cube.cells), len(cube.relations)))
        master.cuts += broken
        if monotonic() > monotone_from:
            master.keep(chosen)
    raise TimeoutError


def small_cells(views: tuple[View, ...]) -> frozenset[int]:
    """Give the cells that are small to an outsider; what is small to a kommun only is found by the cuts."""
    return frozenset(need.cell for view in views if view.name == OUTSIDER for need in view.needs)


def _broken(worlds: list[Worlds], chosen: Vector) -> list[Cut]:
    for world in worlds:
        world.hide(chosen)
    cuts = (world.cut(need) for world in worlds for need in world.view.needs)
    return [cut for cut in cuts if cut is not None]


def _hide_details(cube: Cube, views: tuple[View, ...]) -> Pattern:
    worlds = [Worlds(view, matrix_of(cube)) for view in views]
    small = small_cells(views)
    details = _fates(cube, small, Fate.FREE, Fate.HIDDEN)
    if not _broken(worlds, details):
        return Pattern(_places(details), "details")
    return Pattern(_places(_fates(cube, small, Fate.FREE, Fate.HIDDEN, Fate.LOCKED)), "everything")


def _fates(cube: Cube, small: frozenset[int], *fates: Fate) -> Vector:
    hidden = [
        cell.fate in fates or (index in small and cell.fate is not Fate.SHOWN) for index, cell in enumerate(cube.cells)
    ]
    return np.array(hidden, dtype=float)


def _places(chosen: Vector) -> frozenset[int]:
    return frozenset(int(index) for index in np.flatnonzero(chosen > 0.5))


def matrix_of(cube: Cube) -> csc_matrix:
    """Give one row per sum: the parent minus its children is nothing."""
    matrix = lil_matrix((len(cube.relations), len(cube.cells)))
    for row, (parent, children) in enumerate(cube.relations):
        matrix[row, parent] = 1
        for child in children:
            matrix[row, child] = -1
    return csc_matrix(matrix)
