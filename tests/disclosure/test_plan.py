"""The plan is one closed list, and a version that would let sums slip past the protection does not pass its lint."""

from dataclasses import replace

import pytest

from hlt_graphql.disclosure.counting import keys_of, periods_in_play
from hlt_graphql.disclosure.cube import Key
from hlt_graphql.disclosure.periods import block_of, quarters_of, with_finer
from hlt_graphql.disclosure.plan import Geography, PlanTable, lint, read_plan
from hlt_graphql.releases.cells import cell_id_of
from hlt_graphql.releases.cube import id_of
from hlt_graphql.releases.places import geography
from hlt_graphql.releases.rules import Dimension, PeriodLevel, PlaceLevel
from hlt_graphql.releases.tables import PLAN, TABLES, find_table, nearest


def test_the_plan_passes_its_lint() -> None:
    assert lint(PLAN, geography()) == ()


def test_a_plan_without_the_table_between_two_others_does_not_pass() -> None:
    without = tuple(table for table in PLAN.tables if (table.place, table.period) != ("AREA", "YEAR"))
    assert "new.municipality.year adds up to new.region.year without a table between them" in lint(
        replace(PLAN, tables=without), geography()
    )


def test_an_area_of_two_kommuner_does_not_pass() -> None:
    pair = Geography("24", {"S": ("2482", "2417")}, frozenset())
    assert lint(PLAN, pair) == ("area S has 2 kommuner: at least 3, or one",)


def test_only_published_tables_can_be_asked_for() -> None:
    hidden = {table.code for table in PLAN.tables if not table.is_published}
    assert hidden == {"new.municipality.quarter"}
    assert not hidden & {table.code for table in TABLES}
    assert find_table("I03", PlaceLevel.MUNICIPALITY, PeriodLevel.QUARTER, ()) is None
    told = nearest("I03", PlaceLevel.MUNICIPALITY, PeriodLevel.QUARTER, (Dimension.SEX,))
    assert hidden.isdisjoint(table.code for table in told)


def test_every_release_names_the_plan_it_was_built_by() -> None:
    other = replace(PLAN, least=PLAN.least + 1)
    assert read_plan().digest == PLAN.digest != other.digest
    assert replace(PLAN, tables=PLAN.tables[1:]).digest != PLAN.digest


@pytest.mark.parametrize(
    ("period", "released", "expected"),
    [
        ("2024-Q2", ["2024-Q1"], {"2024-Q2"}),
        ("2024", ["2024-Q1", "2023"], set(with_finer("2024"))),
        ("2024-Q2", ["2024"], set(with_finer("2024"))),
        ("2022-Q1", ["2021/2023", "2024"], set(with_finer("2021/2023"))),
    ],
)
def test_periods_bear_on_each_other_when_they_share_a_quarter(
    period: str, released: list[str], expected: set[str]
) -> None:
    assert set(periods_in_play(period, released)) == expected


def test_blocks_are_three_fixed_years() -> None:
    assert (block_of("2021-Q1"), block_of("2023"), block_of("2024/2026")) == ("2021/2023", "2021/2023", "2024/2026")
    assert len(quarters_of("2024/2026")) == 12


def test_a_cells_name_says_where_it_stands() -> None:
    names = {id_of(key) for key in _keys()}
    assert len(names) == len(_keys())
    assert cell_id_of("new.region.year", "24", "2024", "") in names


def _keys() -> list[Key]:
    return [key for _, key in keys_of(PLAN, geography(), with_finer("2024"))]


def test_a_table_has_a_code_of_its_own() -> None:
    assert PlanTable("NEW", "AREA", "YEAR", ("sex",)).code == "new.area.year.sex"
    assert len({table.code for table in PLAN.tables}) == len(PLAN.tables)
