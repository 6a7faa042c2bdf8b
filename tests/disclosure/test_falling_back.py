"""When no pattern is found in time, more is hidden, and a release that gives something away has failed."""

from dataclasses import replace

import numpy as np
import pytest
from tests.small_cubes import LEAST, PLACE, QUARTER, protected, small_cube, world_of_cube

from hlt_graphql.disclosure.attack.equations import Released, World
from hlt_graphql.disclosure.attack.findings import Secret, attack
from hlt_graphql.disclosure.attack.propagation import equations, propagate
from hlt_graphql.disclosure.attack.solving import Known, Solver
from hlt_graphql.disclosure.cube import Fate
from hlt_graphql.disclosure.intervals import intervals
from hlt_graphql.disclosure.suppress import hiding
from hlt_graphql.disclosure.suppress.hiding import hide
from hlt_graphql.disclosure.suppress.master import Infeasible, Master
from hlt_graphql.disclosure.suppress.worlds import Cut, Vector
from hlt_graphql.releases.joint import protect_jointly
from invented_cases import cases, periods_of, released_chain


def test_out_of_time_every_detail_is_hidden_and_the_total_stays() -> None:
    cube = small_cube([9, 1, 9], total=Fate.LOCKED)
    pattern = hide(cube, least=LEAST, seed=1, seconds=0)
    assert (pattern.way, pattern.hidden) == ("details", frozenset(range(1, len(cube.cells))))


def test_what_was_chosen_once_stays_chosen_so_that_the_search_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[float] = []
    real = Master.keep
    monkeypatch.setattr(hiding, "MONOTONE_AFTER_S", -1.0)

    def keep(search: Master, chosen: Vector) -> None:
        kept.append(float(chosen.sum()))
        real(search, chosen)

    monkeypatch.setattr(Master, "keep", keep)
    assert protected(small_cube([9, 1, 9])).way == "solved"
    assert kept == sorted(kept) != []


def test_a_need_that_no_pattern_meets_is_said_to_be_one() -> None:
    """Every cell was shown before: nothing can be hidden, so no cut can be kept."""
    cells = [replace(cell, fate=Fate.SHOWN) for cell in small_cube([9, 1, 9]).cells]
    search = Master(cells, frozenset(), seed=1)
    search.cuts.append(Cut(np.ones(len(cells)), 1.0))
    with pytest.raises(Infeasible):
        search.choose()


def test_a_whole_year_falls_back_safely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found in time in any release of a year: only the region's totals are left, and nobody learns more."""
    monkeypatch.setattr("hlt_graphql.releases.joint.SECONDS", {"QUARTER": 0.0, "YEAR": 0.0})
    steps = list(released_chain(cases([2024], seed=2), periods_of(2024, 2024), protect_jointly))
    assert [step.protection.findings for step in steps] == [0] * 5
    shown = {(cell.level, cell.coordinates) for step in steps for cell in step.protection.cells if cell.is_shown}
    assert shown <= {("REGION", "")}


def released(*values: tuple[str, int | None]) -> list[Released]:
    return [Released(place, place, QUARTER, "", value) for place, value in values]


def test_a_number_that_was_not_counted_is_a_finding() -> None:
    world = world_of_cube(["24"], PLACE)
    secrets = {"24": Secret({"0001": 9, "0002": 9}, {"0001": 9, "0002": 9})}
    found = attack(world, released(("24", 17)), secrets, LEAST).findings
    assert [(finding.view, finding.how) for finding in found] == [("publisher", "not the counted number")]


def test_a_release_that_contradicts_itself_is_no_release() -> None:
    world = world_of_cube(["24", "K", "0001"], PLACE)
    with pytest.raises(ArithmeticError, match="contradicts itself"):
        intervals(world, released(("24", 9), ("K", 8), ("0001", None)), ["0001"])


def test_an_interval_is_open_where_nothing_public_bounds_it() -> None:
    world = world_of_cube(["24", "K", "0001", "0002", "0003"], PLACE)
    told = intervals(world, released(("0003", 4), ("K", None), ("0001", None)), ["K", "0001"])
    assert told == {"K": (4, None), "0001": (0, None)}
    told = intervals(world, released(("K", 12), ("0003", 4), ("0001", None)), ["0001"])
    assert told == {"0001": (0, 8)}


def test_whole_numbers_decide_where_fractions_would_do() -> None:
    """Three pairs of three unknowns are known to sum to 3: halves would fit, whole numbers do not."""
    pairs = [frozenset({0, 1}), frozenset({1, 2}), frozenset({0, 2})]
    odd = Solver(3, [Known(pair, 3, 3) for pair in pairs])
    assert odd.extreme({0}, -1)[0] == pytest.approx(1.5)
    with pytest.raises(ArithmeticError, match="whole numbers"):
        odd.whole_extreme({0}, -1)
    loose = Solver(3, [Known(pair, 2, 3) for pair in pairs])
    assert loose.whole_extreme({0, 1, 2}, -1)[0] == 3


def test_with_a_pencil_the_last_part_is_the_whole_less_the_others() -> None:
    sets = [frozenset({0, 1, 2}), frozenset({0}), frozenset({1}), frozenset({2})]
    sums = equations(sets, ["whole", "part", "part", "part"])
    assert sums == ((0, (1, 2, 3)),)
    assert propagate([(9, 9), (3, 3), (4, 4), (0, None)], sums)[3] == (2, 2)
    assert propagate([(9, 9), (3, 3), (0, None), (0, None)], sums)[2:] == [(0, 6), (0, 6)]
    assert propagate([(0, None), (3, 3), (4, 4), (0, 2)], sums)[0] == (7, 9)


def test_a_family_that_knows_it_is_there_makes_no_other_cell_exact() -> None:
    """Two kommuner share one case: whoever is it knows that the other has none."""
    world = world_of_cube(["K", "0001", "0002"], PLACE)
    world = World(tuple((kommun, "2024-Q1", "") for kommun in ("0001", "0002")), world.places)
    cells = [Released(place, place, "2024", "", 1 if place == "K" else None) for place in ("K", "0001", "0002")]
    secrets = {"0001": Secret({"0001": 1}, {"0001": 1}), "0002": Secret({"0002": 0}, {"0002": 0})}
    found = attack(world, cells, secrets, LEAST).findings
    assert ("0002", "families", "exact") in {(f.name, f.view, f.how) for f in found}
