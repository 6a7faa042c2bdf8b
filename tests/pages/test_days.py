"""A tired nurse writes a date as she always does, and the page understands her (interface §6)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from hlt_tenants.audit import instant
from hlt_tenants.casework.forms.signal import SignalForm
from hlt_tenants.registry.forms import DayField
from hlt_tenants.registry.swedish import Lean, day_of

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("20261121", date(2026, 11, 21)),
        ("2026/11/21", date(2026, 11, 21)),
        ("21/11", date(2026, 11, 21)),
        ("21-11", date(2026, 11, 21)),
        ("21.11.2025", date(2025, 11, 21)),
        ("21 nov", date(2026, 11, 21)),
        ("  21  November ", date(2026, 11, 21)),
        ("4 maj 2017", date(2017, 5, 4)),
        ("4/5-2017", date(2017, 5, 4)),
        ("igår", date(2026, 11, 24)),
        ("i dag", TODAY),
        ("3 jan", date(2027, 1, 3)),
        ("29/2 2024", date(2024, 2, 29)),
        ("170512", date(2017, 5, 12)),
        ("261231", date(2026, 12, 31)),
        ("991231", date(1999, 12, 31)),
    ],
)
def test_a_day_is_read_as_swedes_write_it(written: str, day: date) -> None:
    assert day_of(written, TODAY) == day


@pytest.mark.parametrize(
    "written", ["", "snart", "31/2", "11/21/2026", "13/13", "2026-02-30", "21", "0/0", "2017051", "20170504-1234"]
)
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    assert day_of(written, TODAY) is None


def test_the_month_never_comes_first_as_it_does_in_america() -> None:
    assert day_of("4/10", TODAY) == date(2026, 10, 4)


def test_a_day_without_a_year_leans_the_way_of_the_question() -> None:
    assert day_of("4/5", TODAY, Lean.BACK) == date(2026, 5, 4)
    assert day_of("4/5", TODAY, Lean.AHEAD) == date(2027, 5, 4)
    assert day_of("25/11", TODAY, Lean.BACK) == day_of("25/11", TODAY, Lean.AHEAD) == TODAY


def test_a_birth_date_without_a_year_is_asked_again_with_an_example() -> None:
    born_on = DayField(label="Född", today=lambda: TODAY, needs_year=True)
    assert born_on.clean("4 maj 2017") == date(2017, 5, 4)
    with pytest.raises(ValidationError, match="4 maj 2017"):
        born_on.clean("4 maj")
    with pytest.raises(ValidationError, match="4 maj 2017"):
        born_on.clean("26 maj")
    assert born_on.clean("170512") == date(2017, 5, 12)


@pytest.mark.parametrize("written", ["1705-01-02", "9999-12-31", "0001-01-01", "26 maj 1926"])
def test_a_year_that_no_page_means_is_asked_again(written: str) -> None:
    with pytest.raises(ValidationError, match="årtalet"):
        DayField(label="Dag", today=lambda: TODAY).clean(written)


def test_a_child_is_not_born_tomorrow() -> None:
    born = {"birth_date": (instant.today() + timedelta(days=1)).isoformat()}
    assert "inte varit än" in str(SignalForm(born).errors["birth_date"])
