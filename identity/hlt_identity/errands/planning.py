"""What is due by the calendar: a row per task and period, however many clocks ask for it (operations §4, Beat)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from hlt_identity.errands.homes import Home
from hlt_identity.errands.rules import State
from hlt_identity.errands.waking import wake

LOCAL = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Turn:
    """The period that a task is due for, and when its work may begin."""

    period: str
    begins_at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A task that is due by the calendar; `turn` gives the newest turn that has begun, or None."""

    task: str
    home: Home
    turn: Callable[[datetime], Turn | None]
    spread_minutes: int = 60


def daily(at: time) -> Callable[[datetime], Turn | None]:
    """Once every local day from a time of day; the period is the date, so the long night of autumn has one turn."""

    def turn(now: datetime) -> Turn | None:
        day = now.astimezone(LOCAL).date()
        begins_at = datetime.combine(day, at, LOCAL)
        return Turn(day.isoformat(), begins_at) if begins_at <= now else None

    return turn


def every_hours(hours: int) -> Callable[[datetime], Turn | None]:
    """Several times a day, at the full hours (UTC) that `hours` divides; the period is the hour."""

    def turn(now: datetime) -> Turn:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        begins_at = hour - timedelta(hours=hour.hour % hours)
        return Turn(f"{begins_at:%Y-%m-%dT%H}", begins_at)

    return turn


def not_before(planned: Planned, turn: Turn, scope: str) -> datetime:
    """Spread the scopes over the minutes, each at the same place every time."""
    number = int.from_bytes(sha256(f"{planned.task}|{scope}".encode()).digest()[:4])
    return turn.begins_at.astimezone(UTC) + timedelta(seconds=number % (planned.spread_minutes * 60))


def plan(planned: Planned, turn: Turn, scope: str, now: datetime) -> None:
    """Ask for the turn's work in one scope; a second time, or by a second process, it changes nothing."""
    row = planned.home.rows(
        task=planned.task,
        period=turn.period,
        created_at=now,
        not_before=not_before(planned, turn, scope),
        state=State.WAITING,
    )
    with planned.home.relaying(scope):
        planned.home.rows._default_manager.using(planned.home.relay).bulk_create([row], ignore_conflicts=True)
        wake(scope, using=planned.home.relay)
