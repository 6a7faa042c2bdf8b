"""Promises end on the local day they say, over New Year and the changes of the clock (domain §5.3)."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hlt_tenants.casework.clocks import clock_rules
from hlt_tenants.casework.rules import ClockCode, age_on, due_on, is_kept, rule_on

LOCAL = ZoneInfo("Europe/Stockholm")
FEEDBACK = ClockCode.FEEDBACK


@pytest.mark.parametrize(
    ("held", "due"),
    [
        (date(2026, 12, 28), date(2027, 1, 4)),
        (date(2027, 3, 25), date(2027, 4, 1)),
        (date(2026, 10, 22), date(2026, 10, 29)),
    ],
)
def test_the_family_is_answered_within_seven_days(held: date, due: date) -> None:
    late_in_the_evening = datetime(held.year, held.month, held.day, 23, 30, tzinfo=LOCAL)
    assert due_on(clock_rules(), FEEDBACK, late_in_the_evening) == due


def test_the_last_second_of_the_day_counts_and_the_next_does_not() -> None:
    due = date(2027, 1, 4)
    assert is_kept(due, datetime(2027, 1, 4, 23, 59, 59, tzinfo=LOCAL))
    assert not is_kept(due, datetime(2027, 1, 5, 0, 0, 0, tzinfo=LOCAL))


def test_a_new_rule_leaves_older_meetings_as_they_were() -> None:
    shorter = replace(rule_on(clock_rules(), FEEDBACK, date(2026, 1, 1)), days=5, valid_from=date(2027, 1, 1))
    rules = (*clock_rules(), shorter)
    assert due_on(rules, FEEDBACK, datetime(2026, 12, 31, 12, tzinfo=LOCAL)) == date(2027, 1, 7)
    assert due_on(rules, FEEDBACK, datetime(2027, 1, 1, 12, tzinfo=LOCAL)) == date(2027, 1, 6)


def test_before_the_first_rule_nothing_is_guessed() -> None:
    with pytest.raises(LookupError):
        rule_on(clock_rules(), FEEDBACK, date(2019, 12, 31))


def test_no_kommun_can_loosen_what_families_were_promised() -> None:
    promised = rule_on(clock_rules(), FEEDBACK, date(2026, 11, 24))
    assert (promised.days, promised.most) == (7, 7)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2014, 11, 25), date(2026, 11, 24), 11),
        (date(2014, 11, 24), date(2026, 11, 24), 12),
        (date(2020, 2, 29), date(2027, 2, 28), 6),
        (date(2020, 2, 29), date(2027, 3, 1), 7),
    ],
)
def test_age_follows_from_the_birth_date(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
