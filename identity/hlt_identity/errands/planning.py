"""What is due by the calendar: a row per task and period, however many clocks ask for it (operations §4, Beat)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from hlt_identity.errands.homes import Home
from hlt_identity.errands.rules import State

LOCAL = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Planned:
    """A task that is due once every local day, from a time of day, spread over some minutes; or once every UTC hour."""

    task: str
    home: Home
    from_time: time | None
    spread_minutes: int = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """The period that is running (a local date, or a UTC hour: so the night of summer time has each turn once)."""

    period: str
    begins_at: datetime


def turn_at(planned: Planned, now: datetime) -> Turn | None:
    """Give the turn that is due, or None before the day's time."""
    if planned.from_time is None:
        hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return Turn(hour.strftime("%Y-%m-%dT%HZ"), hour)
    local = now.astimezone(LOCAL)
    begins_at = datetime.combine(local.date(), planned.from_time, LOCAL)
    return Turn(local.date().isoformat(), begins_at) if begins_at <= now else None


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
