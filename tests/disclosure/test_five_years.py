"""Five invented years in the order they are released: nothing can be found out, and most is shown (A1–A4)."""

from collections.abc import Sequence

import pytest

from hlt_graphql.disclosure.cube import Key
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.coarser import shown_at
from hlt_graphql.releases.joint import protect_jointly
from invented_cases import Step, cases, periods_of, released_chain
from release import shares

FIRST, LAST = 2021, 2025


@pytest.fixture(scope="module")
def years() -> Sequence[Step]:
    """25 releases and the block 2021–2023, each taking all earlier ones as known."""
    return list(released_chain(cases(range(FIRST, LAST + 1), seed=1), periods_of(FIRST, LAST), protect_jointly))


def truth_of(step: Step) -> dict[Key, int]:
    return {cell.key: cell.n for cell in step.base.cells}


def key_of(cell: PublishedCell) -> Key:
    return Key(cell.population, cell.place, cell.period, cell.coordinates)


def test_no_view_finds_anything_in_any_release(years: Sequence[Step]) -> None:
    assert len(years) == 26
    assert [(step.base.period, step.protection.findings) for step in years if step.protection.findings] == []
    assert all(len(step.protection.report["views"]) == 17 for step in years)


def test_every_release_is_solved_and_none_falls_back(years: Sequence[Step]) -> None:
    assert {step.protection.report["build"]["way"] for step in years} == {"solved"}


def test_the_right_value_lies_in_every_interval(years: Sequence[Step]) -> None:
    told = [(cell, truth_of(step).get(key_of(cell), 0)) for step in years for cell in step.protection.cells]
    protected = [(cell, n) for cell, n in told if cell.status == "PROTECTED"]
    assert protected
    assert all(cell.low is not None and cell.low <= n for cell, n in protected)
    assert all(cell.high is None or n <= cell.high for cell, n in protected)


def test_what_is_shown_is_what_was_counted(years: Sequence[Step]) -> None:
    for step in years:
        truth = truth_of(step)
        assert all(truth[key_of(cell)] == cell.value for cell in step.protection.cells if cell.status == "SHOWN")


def test_L27_no_number_below_five_is_ever_shown(years: Sequence[Step]) -> None:
    values = [cell.value for step in years for cell in step.protection.cells if cell.value is not None]
    assert min(values) >= 5


def test_the_regions_years_and_blocks_are_always_shown(years: Sequence[Step]) -> None:
    totals = [c for step in years for c in step.protection.cells if c.level == "REGION" and "Q" not in c.period]
    assert {cell.status for cell in totals if not cell.coordinates} == {"SHOWN"}


def test_no_cell_is_left_without_a_number_above_it(years: Sequence[Step]) -> None:
    """After the year is out: for whatever is hidden or never shown, a coarser cell is shown."""
    released = {cell.key: cell for step in years for cell in step.protection.cells}
    blank = [cell for cell in released.values() if not cell.is_shown and shown_at(cell, released.get) is None]
    assert blank == []


def test_most_of_it_is_shown(years: Sequence[Step]) -> None:
    of_cells, of_cases = shares(years)
    assert of_cells >= 0.80
    assert of_cases >= 0.95
