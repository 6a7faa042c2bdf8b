"""What is due by the calendar is asked for once, by however many beats, also in the night of the clock change."""

from datetime import UTC, datetime, time

import pytest
from tests.cast import UMEA
from tests.logins import rows

from hlt_identity.errands.planning import daily
from hlt_platform.background import beat
from hlt_platform.background.schedule import SCHEDULE
from hlt_tenants.casework.tasks import NIGHTLY as LAPSES
from hlt_tenants.followup.tasks import NIGHTLY as FOLLOW_UPS
from hlt_tenants.reporting.rules import last_ended

NOW = datetime(2027, 1, 20, 11, 0, tzinfo=UTC)


def planted(scope: str = UMEA) -> list[tuple[str, str]]:
    found = rows(f"k{scope}_relay", f"SELECT task, period FROM k{scope}.outbox WHERE period IS NOT NULL")
    return sorted((str(task), str(period)) for task, period in found)


def test_two_beats_and_a_restart_plant_each_turn_once(kommuner: None) -> None:
    first: beat.Known = set()
    for known in (first, set(), first):
        beat.go_round(known, NOW)
    found = [one for one in planted() if one[1] in ("2027-01-20", "2026-Q4", "2026", "2024/2026")]
    by_the_clock = sorted((task, "2027-01-20") for task in (*LAPSES, *FOLLOW_UPS))
    assert found == [
        *by_the_clock,
        ("outbox.tidy", "2027-01-20"),
        ("reporting.freeze_block", "2024/2026"),
        ("reporting.freeze_quarter", "2026-Q4"),
        ("reporting.freeze_year", "2026"),
    ]


def test_the_kommuner_are_spread_over_the_hour(kommuner: None) -> None:
    beat.go_round(set(), NOW)
    ask = "SELECT not_before FROM k{0}.outbox WHERE task = 'outbox.tidy' AND period = '2027-01-20'"
    begins = {rows(f"k{code}_relay", ask.format(code))[0][0] for code in ("2480", "2481", "2401")}
    assert len(begins) == 3


def test_a_frozen_kommun_gets_no_turn(kommuner: None) -> None:
    rows("hlt_owner", "UPDATE shared.kommun SET state = 'frozen' WHERE kommunkod = '2425'")
    try:
        beat.go_round(set(), datetime(2027, 3, 3, 11, 0, tzinfo=UTC))
        assert ("outbox.tidy", "2027-03-03") not in planted("2425")
    finally:
        rows("hlt_owner", "UPDATE shared.kommun SET state = 'open' WHERE kommunkod = '2425'")


def test_the_night_in_which_an_hour_comes_twice_has_one_turn() -> None:
    turn = daily(time(2, 30))
    twice = [turn(datetime(2026, 10, 25, hour, 45, tzinfo=UTC)) for hour in (0, 1)]
    assert [one.period for one in twice if one] == ["2026-10-25", "2026-10-25"]


def test_before_its_time_of_day_a_turn_has_not_begun() -> None:
    assert daily(time(1))(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)) is None
    begun = daily(time(1))(datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    assert begun is not None
    assert begun.period == "2026-11-25"


@pytest.mark.parametrize(
    ("level", "day", "period"),
    [
        ("quarter", "2027-01-06", "2026-Q4"),
        ("quarter", "2027-04-01", "2027-Q1"),
        ("quarter", "2027-12-31", "2027-Q3"),
        ("year", "2027-01-01", "2026"),
        ("block", "2026-12-31", "2021/2023"),
        ("block", "2027-01-01", "2024/2026"),
    ],
)
def test_the_newest_period_that_is_over(level: str, day: str, period: str) -> None:
    assert last_ended(level, datetime.fromisoformat(day).date()) == period


def test_every_planned_task_is_declared() -> None:
    from hlt_platform.celery_app import app

    assert {planned.task for planned in SCHEDULE} <= set(app.tasks)
