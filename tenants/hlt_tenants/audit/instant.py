"""What time it is inside a kommun: one clock, so that the demo and the tests can stand on any day (style §12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Stockholm")
_moved: ContextVar[datetime | None] = ContextVar("hlt_instant", default=None)


def now() -> datetime:
    """Give the instant (UTC) of this act; every instant and day that a kommun stores comes from here."""
    return _moved.get() or datetime.now(UTC)


def today() -> date:
    """Give the local day in Sweden, which is what promises and ages are counted in."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Give the local day of an instant: 23.30 UTC in winter is already the next day."""
    return moment.astimezone(LOCAL).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand at another instant, in the demo and in tests only (a test keeps everybody else out).

    Raises ValueError for a moment without a time zone. A new thread stands in the real present again.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
