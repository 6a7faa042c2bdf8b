"""On cubes so small that every world can be counted, the attack's verdict is the truth (A11)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.small_cubes import LEAST, attacked, protected, small_cube

from hlt_graphql.disclosure.cube import Cube, Fate
from hlt_graphql.disclosure.plan import Geography

Worlds = NDArray[np.int64]
PLACE = Geography("24", {"K": ("0001", "0002", "0003"), "U": ("0004",)}, frozenset())
KOMMUNER = PLACE.kommuner
COUNTS = st.lists(st.integers(0, 3), min_size=4, max_size=4)


def worlds(cube: Cube, hidden: frozenset[int]) -> Worlds:
    """Give every assignment of whole numbers that agrees with what is shown, one row per world."""
    most = sum(cube.cells[0].parts.values()) + LEAST
    rows = np.indices((most + 1,) * len(KOMMUNER)).reshape(len(KOMMUNER), -1).T
    fits = np.ones(len(rows), dtype=bool)
    for index, cell in enumerate(cube.cells):
        if index not in hidden:
            fits &= value(rows, cube, index) == cell.n
    return rows[fits]


def value(rows: Worlds, cube: Cube, index: int, without: str = "") -> Worlds:
    columns = [
        place for place, kommun in enumerate(KOMMUNER) if kommun in cube.cells[index].parts and kommun != without
    ]
    total: Worlds = rows[:, columns].sum(axis=1)
    return total


def seen_through(cube: Cube, hidden: frozenset[int]) -> set[tuple[str, str]]:
    """Give (cell, view) of every small cell that somebody can narrow, by counting."""
    told = worlds(cube, hidden)
    found = set()
    for place, view in enumerate(("outsider", *KOMMUNER)):
        mine = told if place == 0 else told[told[:, place - 1] == cube.cells[0].parts[view]]
        for index, cell in enumerate(cube.cells):
            others = {kommun: n for kommun, n in cell.family_parts.items() if kommun != view}
            if others and sum(others.values()) < LEAST:
                rest = value(mine, cube, index, view)
                if rest.min() > 0 or rest.max() < LEAST:
                    found.add((cell.key.place, view))
    return found


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.sets(st.integers(0, 6)))
def test_the_attack_finds_what_counting_every_world_finds_and_nothing_else(counts: list[int], chosen: set[int]) -> None:
    cube = small_cube(counts, PLACE)
    hidden = frozenset(chosen)
    found = {(finding.name, finding.view) for finding in attacked(cube, hidden, PLACE).findings}
    assert {(name, view) for name, view in found if view != "families"} == seen_through(cube, hidden)


@settings(max_examples=40, deadline=None)
@given(COUNTS)
def test_what_the_suppression_hides_no_count_of_worlds_gives_back(counts: list[int]) -> None:
    cube = small_cube(counts, PLACE)
    pattern = protected(cube)
    assert pattern.way == "solved"
    assert seen_through(cube, pattern.hidden) == set()


@pytest.mark.parametrize("counts", [[9, 1, 9, 9], [7, 0, 8, 20], [30, 2, 4, 12]])
def test_only_the_small_cell_hidden_is_given_back_by_one_subtraction(counts: list[int]) -> None:
    cube = small_cube(counts, PLACE)
    small = frozenset(index for index, cell in enumerate(cube.cells) if cell.families < LEAST)
    assert ("0002", "outsider") in seen_through(cube, small)
    assert ("0002", "outsider", "by hand") in {(f.name, f.view, f.how) for f in attacked(cube, small, PLACE).findings}
    assert seen_through(cube, protected(cube).hidden) == set()


def test_a_total_that_may_not_be_hidden_stays_where_that_is_safe() -> None:
    pattern = protected(small_cube([9, 1, 9, 9], PLACE, total=Fate.LOCKED))
    assert (0 in pattern.hidden, pattern.way) == (False, "solved")


def test_a_total_that_is_small_itself_is_hidden_although_it_is_locked() -> None:
    cube = small_cube([1, 0, 1, 0], PLACE, total=Fate.LOCKED)
    pattern = protected(cube)
    assert pattern.hidden == frozenset(range(len(cube.cells)))


def test_a_locked_total_that_a_kommun_sees_through_makes_everything_hidden() -> None:
    """Kommun 0004 has all but two of the region: the total less its own is two, however many details are hidden."""
    pattern = protected(small_cube([1, 1, 0, 30], PLACE, total=Fate.LOCKED))
    assert (pattern.way, 0 in pattern.hidden) == ("everything", True)
