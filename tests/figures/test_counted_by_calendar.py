"""What the calendar counts by itself: whole periods that a kommun was there for, and no time before it came."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from tests.logins import connect, rows

from hlt_identity.errands.homes import Errand
from hlt_tenants.audit import instant
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.reporting.rules import is_whole
from hlt_tenants.reporting.tasks import freeze

MALA = "2418"


@pytest.fixture
def came_long_ago(kommuner: None) -> Iterator[None]:
    """Malå has been there since 2019; afterwards it came when it came."""
    move = "UPDATE shared.kommun SET opened_at = %s WHERE kommunkod = %s"
    ((came_at,),) = rows("hlt_owner", "SELECT opened_at FROM shared.kommun WHERE kommunkod = %s", [MALA])
    with connect("hlt_owner") as connection:
        connection.execute(move, ["2019-10-01 00:00+02", MALA])
        yield
        connection.execute(move, [came_at, MALA])


def counted(quarter: str) -> list[tuple[object, ...]]:
    with inside(Where(MALA, "jobs")):
        freeze(Errand(MALA, uuid4(), "reporting.freeze_quarter", None, quarter, None, instant.now()))
    return rows("k2418_admin", "SELECT period FROM frozen_period WHERE period = %s", [quarter])


def test_a_kommun_that_came_today_has_no_zeros_from_before(kommuner: None) -> None:
    assert counted("2020-Q1") == []


def test_a_kommun_that_was_there_is_counted(came_long_ago: None) -> None:
    assert counted("2019-Q4") == [("2019-Q4",)]


@pytest.mark.parametrize(("came_on", "is_there"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False)])
def test_a_day_too_late_makes_the_year_a_part(came_on: date, is_there: bool) -> None:
    assert is_whole("2026", came_on) is is_there
