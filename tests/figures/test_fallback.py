"""Until suppression is built in: what the fall-back shows, set against the three sums anybody can do."""

from collections.abc import Mapping

import pytest

from hlt_graphql.releases.cells import PublishedCell, cell_id_of
from hlt_graphql.releases.protection import TrueCell, hide_every_detail
from hlt_graphql.releases.rules import PlaceLevel

UMEA, LYCKSELE, DOROTEA = "2480", "2481", "2425"
QUARTERS = {"2024-Q1": 30, "2024-Q2": 20, "2024-Q3": 25, "2024-Q4": 2}


def total(period: str, families: Mapping[str, int]) -> TrueCell:
    """Give the region's total, one case, child and family each."""
    code = "new.region.quarter" if "Q" in period else "new.region.year"
    n = sum(families.values())
    cell_id = cell_id_of(code, "24", period, "")
    return TrueCell(cell_id, code, "NEW", PlaceLevel.REGION, "24", period, "", n, n, n, families, families)


def published(cell: TrueCell) -> PublishedCell:
    place = (cell.cell_id, cell.table_code, "NEW", "REGION", "24", cell.period, "")
    return PublishedCell(*place, "SHOWN", cell.n, None, None, "")


def shown(cell: TrueCell, *earlier: PublishedCell) -> int | None:
    protection = hide_every_detail([cell], earlier, cell.period)
    return None if cell.cell_id in protection.hidden else cell.n


def spread(n: int) -> dict[str, int]:
    return {UMEA: n - n // 2, LYCKSELE: n // 2}


def test_a_year_does_not_give_the_quarter_that_was_hidden() -> None:
    quarters = {period: shown(total(period, spread(n))) for period, n in QUARTERS.items()}
    assert quarters == {"2024-Q1": 30, "2024-Q2": 20, "2024-Q3": 25, "2024-Q4": None}
    year = sum(QUARTERS.values())
    assert year - sum(value or 0 for value in quarters.values()) == 2  # with the year beside it, anybody could tell
    assert shown(total("2024", spread(year))) is None
    assert shown(total("2024/2026", spread(year))) is None


def test_a_second_release_does_not_give_the_kommun_that_was_late() -> None:
    first, second = total("2023-Q1", spread(30)), total("2023-Q1", {**spread(30), DOROTEA: 1})
    assert shown(first) == 30
    assert second.n - first.n == 1  # two numbers of the same quarter tell what Dorotea had
    assert shown(second, published(first)) is None


@pytest.mark.parametrize(("others", "expected"), [(0, None), (1, None), (4, None), (5, 45)])
def test_umea_that_knows_its_own_cases_does_not_learn_a_small_rest(others: int, expected: int | None) -> None:
    assert shown(total("2025-Q1", {UMEA: 40, LYCKSELE: others})) == expected


def test_nothing_below_the_region_is_shown() -> None:
    area = total("2025-Q1", spread(500))
    in_area = TrueCell(area.cell_id, "x", "NEW", PlaceLevel.AREA, "U", area.period, "", 500, 500, 500, {}, {})
    assert shown(in_area) is None
