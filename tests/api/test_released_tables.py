"""What a member gets: cells as they were released, a coarser number beside a hidden one, refusals with a way on."""

from typing import Any

import pytest
from tests.asking import TABLE, ask, cells, code
from tests.figures_made import released


@pytest.fixture(autouse=True)
def chain(kommuner: None) -> None:
    released()


def test_a_large_kommun_shows_its_exact_number() -> None:
    umea = cells(place="MUNICIPALITY", **{"from": "2025", "to": "2025"}, municipalities=["2480"])
    assert [(cell["status"], cell["value"], cell["low"]) for cell in umea] == [("SHOWN", 40, None)]


def test_a_small_cell_is_protected_with_an_interval_and_a_coarser_number() -> None:
    (cell,) = cells(place="MUNICIPALITY", **{"from": "2025", "to": "2025"}, municipalities=["2462"])
    assert (cell["status"], cell["value"], cell["low"]) == ("PROTECTED", None, 0)
    assert cell["high"] is None or cell["high"] >= 5
    assert cell["why"].startswith("Skyddat tal.")
    assert cell["shownAt"]["sentence"] == "Visas för Vilhelmina, 2024–2026" or cell["shownAt"]["value"] >= 5


def test_a_kommun_too_small_for_years_is_never_blank() -> None:
    (cell,) = cells(place="MUNICIPALITY", **{"from": "2025", "to": "2025"}, municipalities=["2463"])
    assert (cell["status"], cell["note"], cell["value"]) == ("NOT_APPLICABLE", "BASE_TOO_SMALL", None)
    assert cell["shownAt"]["value"] >= 5


@pytest.mark.parametrize("place", ["REGION", "AREA", "MUNICIPALITY"])
@pytest.mark.parametrize(("period", "when"), [("YEAR", "2025"), ("BLOCK", "2021/2023")])
def test_no_cell_is_left_without_a_number_somewhere(place: str, period: str, when: str) -> None:
    found = cells(place=place, period=period, **{"from": when, "to": when})
    assert found
    assert all(cell["value"] is not None or cell["shownAt"] is not None for cell in found)


def test_what_is_shown_adds_up() -> None:
    by_sex = cells(groupBy=["SEX"], **{"from": "2025", "to": "2025"})
    (whole,) = cells(**{"from": "2025", "to": "2025"})
    assert sum(cell["value"] for cell in by_sex) == whole["value"]
    assert {cell["sex"]["label"] for cell in by_sex} == {"Flickor", "Pojkar"}


def test_a_silent_kommun_is_said_to_be_missing() -> None:
    found = cells(place="AREA", period="QUARTER", **{"from": "2025-Q3", "to": "2025-Q3"})
    told = found[0]["release"]["coverage"]
    assert (told["expected"], told["reported"], told["missing"]) == (15, 14, [{"code": "2425"}])


def test_rows_and_columns_tell_the_same() -> None:
    both = """query ($input: TableInput!) { table(input: $input) { cellCount
      cells { id value status } columns { id value status } } }"""
    wanted = {"indicator": "I03", "place": "MUNICIPALITY", "from": "2025", "to": "2025"}
    table = ask(both, {"input": wanted})["data"]["table"]
    columns = table["columns"]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    assert rows == table["cells"]
    assert len(rows) == table["cellCount"] == 15


def refusal(**wanted: object) -> dict[str, object]:
    told = ask(TABLE, {"input": {"indicator": "I03", **wanted}})
    said: dict[str, object] = told["errors"][0]
    return said


def test_a_grouping_outside_the_plan_is_refused_with_the_nearest_tables() -> None:
    said = refusal(place="MUNICIPALITY", groupBy=["SEX"], **{"from": "2025", "to": "2025"})
    extensions: dict[str, Any] = said["extensions"]  # type: ignore[assignment]
    assert said["message"] == "Den indelningen publiceras inte."
    assert extensions["code"] == "MARGIN_NOT_PUBLISHED"
    assert extensions["nearest"][0]["table"] == "new.region.year.sex"
    assert len(extensions["nearest"]) == 5


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"from": "2031", "to": "2031"}, "PERIOD_NOT_PUBLISHED"),
        ({"from": "2025", "to": "2025", "indicator": "I99"}, "UNKNOWN_CODE"),
        ({"from": "2025", "to": "2025", "municipalities": ["0180"]}, "UNKNOWN_CODE"),
        ({"from": "2025", "to": "2025", "place": "MUNICIPALITY", "maxCells": 3}, "TABLE_TOO_BIG"),
        ({"from": "2025-01-01", "to": "2025"}, "BAD_VALUE"),
        ({"from": "2025", "to": "2025", "age": "8-9"}, "BAD_VALUE"),
    ],
)
def test_a_refusal_says_which(wanted: dict[str, object], expected: str) -> None:
    said = refusal(**wanted)
    assert said["extensions"]["code"] == expected  # type: ignore[index]


def test_as_of_an_earlier_release_the_later_ones_do_not_exist() -> None:
    first = released()["2025"]
    wanted = {"indicator": "I03", "period": "BLOCK", "from": "2021/2023", "to": "2021/2023"}
    assert "errors" not in ask(TABLE, {"input": wanted})
    assert code(TABLE, {"input": {**wanted, "asOf": str(first)}}) == "PERIOD_NOT_PUBLISHED"


def test_an_injection_in_an_argument_is_a_wrong_value() -> None:
    wanted = {"indicator": "I03", "from": "2025", "to": "2025'; SELECT * FROM region.candidate; --"}
    told = ask(TABLE, {"input": wanted})
    assert told["errors"][0]["extensions"]["code"] == "BAD_VALUE"
    assert "candidate" not in str(told)


def test_the_release_says_what_it_stands_on() -> None:
    newest = ask("{ releases(first: 3) { seq period digest previousDigest signature coverage { missing { name } } } }")
    chain = newest["data"]["releases"]
    assert [link["previousDigest"] for link in chain[:-1]] == [link["digest"] for link in chain[1:]]
